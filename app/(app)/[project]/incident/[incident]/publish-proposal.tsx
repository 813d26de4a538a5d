"use client";

import { useRouter } from "next/navigation";
import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { ContractDefinition } from "@/lib/contract/schema";

/** Publishes what is proposed as the next version; of two who do it at once, the second is told. */
export function PublishProposal({
  slug,
  definition,
  baseVersion,
  note,
}: {
  slug: string;
  definition: ContractDefinition;
  baseVersion: number;
  note: string;
}) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, run } = useSubmit();

  async function publish() {
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/contract`, {
        method: "POST",
        body: { definition, note, base_version: baseVersion },
        parse: async (value) =>
          (await import("@/lib/contract/wire-schema")).contractVersionSchema.parse(value),
      });
    });
    if (done) show({ title: `Version ${baseVersion + 1} judges what comes in from now on` });
    router.refresh();
  }

  return (
    <>
      <FormProblem problem={problem} />
      <Button variant="primary" busy={busy} onClick={() => void publish()}>
        Publish as version {baseVersion + 1}
      </Button>
    </>
  );
}
