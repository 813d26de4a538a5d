"use client";

import { useEffect, useState } from "react";

import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import {
  type PlanPreview,
  type PlanSettings,
  planPreviewSchema,
  planSettingsSchema,
} from "@/lib/sampling/schema";

const PAUSE_MS = 300;

/** What the settings would mean, asked from the server after a pause in typing; the last good answer stays meanwhile. */
export function usePreview(slug: string, wanted: PlanSettings, saved: PlanSettings, ofSaved: PlanPreview) {
  const body = JSON.stringify(wanted);
  const isSaved = body === JSON.stringify(saved);
  const [answer, setAnswer] = useState<{ body: string; preview: PlanPreview | null; problem: string | null }>(
    {
      body: JSON.stringify(saved),
      preview: ofSaved,
      problem: null,
    },
  );
  const [last, setLast] = useState(ofSaved);

  useEffect(() => {
    if (isSaved) return;
    const settings = planSettingsSchema.safeParse(JSON.parse(body));
    if (!settings.success) return;
    const stop = new AbortController();
    const ask = async () => {
      try {
        const preview = await fetchJson(`/api/v1/projects/${slug}/plan/preview`, {
          method: "POST",
          body: settings.data,
          parse: (json) => planPreviewSchema.parse(json),
          signal: stop.signal,
        });
        setAnswer({ body, preview, problem: null });
        setLast(preview);
      } catch (error) {
        if (!stop.signal.aborted) setAnswer({ body, preview: null, problem: problemSentence(error) });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [slug, body, isSaved]);

  if (isSaved) return { preview: ofSaved, problem: null, pending: false };
  const impossible = planSettingsSchema.safeParse(wanted).error?.issues[0];
  if (impossible)
    return { preview: last, problem: "Complete the plan to see what it means.", pending: false };
  const known = answer.body === body;
  return { preview: last, problem: known ? answer.problem : null, pending: !known };
}
