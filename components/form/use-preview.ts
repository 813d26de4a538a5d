"use client";

import { useEffect, useState } from "react";

import { fetchJson, problemSentence } from "@/components/ui/fetch-json";

const PAUSE_MS = 300;

interface Asked<Settings, Preview> {
  /** Address that answers settings with what they would mean. */
  path: string;
  /** As typed: may be no settings yet. */
  wanted: unknown;
  /** Those whose meaning is known already, written in the same order. */
  saved: unknown;
  ofSaved: Preview;
  /** Null for settings that are not complete. */
  read: (settings: unknown) => Settings | null;
  parse: (answer: unknown) => Preview;
}

export interface PreviewState<Preview> {
  /** The last good answer. */
  preview: Preview;
  problem: string | null;
  /** A newer answer is on its way. */
  pending: boolean;
  /** The settings are not complete: the preview is of those before. */
  incomplete: boolean;
}

/** What settings would mean, asked from the server after a pause in typing; the last good answer stays meanwhile. */
export function usePreview<Settings, Preview>(asked: Asked<Settings, Preview>): PreviewState<Preview> {
  const { path, wanted, saved, ofSaved, read, parse } = asked;
  const body = JSON.stringify(wanted);
  const isSaved = body === JSON.stringify(saved);
  const [answer, setAnswer] = useState<{ body: string; problem: string | null }>({ body, problem: null });
  const [last, setLast] = useState(ofSaved);

  useEffect(() => {
    if (isSaved) return;
    const settings = read(JSON.parse(body));
    if (!settings) return;
    const stop = new AbortController();
    const ask = async () => {
      try {
        const request = { method: "POST" as const, body: settings, parse, signal: stop.signal };
        setLast(await fetchJson(path, request));
        setAnswer({ body, problem: null });
      } catch (error) {
        if (!stop.signal.aborted) setAnswer({ body, problem: problemSentence(error) });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, body, isSaved, read, parse]);

  if (isSaved) return { preview: ofSaved, problem: null, pending: false, incomplete: false };
  if (!read(JSON.parse(body))) return { preview: last, problem: null, pending: false, incomplete: true };
  const known = answer.body === body;
  return { preview: last, problem: known ? answer.problem : null, pending: !known, incomplete: false };
}
