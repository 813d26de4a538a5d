"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Switch } from "@/components/ui/choice";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

interface Visibility {
  reviewers_see_charts: boolean;
  viewers_see_payloads: boolean;
}

/** Acts at once; a press on the switch again takes it back. */
export function VisibilityForm({
  slug,
  reviewersSeeCharts,
  viewersSeePayloads,
}: {
  slug: string;
  reviewersSeeCharts: boolean;
  viewersSeePayloads: boolean;
}) {
  const router = useRouter();
  const { show } = useToast();
  const [shown, setShown] = useState<Visibility>({
    reviewers_see_charts: reviewersSeeCharts,
    viewers_see_payloads: viewersSeePayloads,
  });

  async function change(body: Partial<Visibility>) {
    const before = shown;
    setShown({ ...shown, ...body });
    try {
      await fetchJson(`/api/v1/projects/${slug}`, { method: "PATCH", body });
      show({ title: "Saved" });
      router.refresh();
    } catch (error) {
      setShown(before);
      show({ title: problemSentence(error), kind: "problem" });
    }
  }

  return (
    <div className="flex max-w-xl flex-col gap-4">
      <Switch
        label="Reviewers see the charts"
        hint="Usually off: somebody who knows that accuracy is falling judges more strictly."
        checked={shown.reviewers_see_charts}
        onChange={(event) => void change({ reviewers_see_charts: event.target.checked })}
      />
      <Switch
        label="Viewers see inputs and outputs"
        hint="Usually off: viewers see numbers and charts, not the letters, pictures or names behind them."
        checked={shown.viewers_see_payloads}
        onChange={(event) => void change({ viewers_see_payloads: event.target.checked })}
      />
    </div>
  );
}
