"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

type Coverage = "SELECTED" | "COMPLETE";

const OPTIONS = [
  {
    value: "SELECTED",
    label: "It arrives for some outputs only",
    hint: "Complaints come for wrong outputs sooner than for right ones. Assay shows this truth beside the reviews and never mixes it into accuracy.",
  },
  {
    value: "COMPLETE",
    label: "It arrives for every output, sooner or later",
    hint: "Then it counts like a review of every sampled output that it belongs to.",
  },
];

/** Choosing "complete" without it being true would make every chart wrong, so that step says so first. */
export function TruthForm({ slug, coverage }: { slug: string; coverage: Coverage }) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, run } = useSubmit();
  const [chosen, setChosen] = useState<Coverage>(coverage);

  async function save(next: Coverage) {
    const done = await run(() =>
      fetchJson(`/api/v1/projects/${slug}`, { method: "PATCH", body: { truth_coverage: next } }),
    );
    if (!done) return;
    show({
      title: "Saved",
      description: "Accuracy follows within a minute, for truth that has come already too.",
    });
    router.refresh();
  }

  return (
    <div className="flex max-w-xl flex-col gap-4">
      <FormProblem problem={problem} />
      <RadioGroup
        legend="What it covers"
        hideLegend
        name="truth"
        value={chosen}
        options={OPTIONS}
        onChange={(value) => setChosen(value === "COMPLETE" ? "COMPLETE" : "SELECTED")}
      />
      {chosen === "COMPLETE" && coverage === "SELECTED" ? (
        <Banner tone="warn" title="Only if nothing is left out">
          When truth is missing for some kinds of outputs, accuracy moves without your system having changed.
        </Banner>
      ) : null}
      {chosen === coverage ? null : (
        <div className="flex gap-3">
          <Button variant="primary" busy={busy} onClick={() => save(chosen)}>
            Save
          </Button>
          <Button variant="ghost" onClick={() => setChosen(coverage)}>
            Put back
          </Button>
        </div>
      )}
    </div>
  );
}
