"use client";

import { useRouter } from "next/navigation";
import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { Rule } from "@/lib/contract/schema";
import { ImportDialog } from "./import-dialog";

/** Before there is any rule, an imported schema is published as the first version: it can be changed from there. */
export function StartImport({ slug }: { slug: string }) {
  const router = useRouter();
  const { show } = useToast();
  const { problem, run } = useSubmit();

  async function publish(rules: Rule[]) {
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/contract`, {
        method: "POST",
        body: { definition: { rules }, note: "From a JSON Schema", base_version: 0 },
      });
    });
    if (!done) return;
    show({ title: "Version 1 judges what comes in from now on" });
    router.refresh();
  }

  return (
    <>
      <ImportDialog slug={slug} onImport={(rules) => void publish(rules)} />
      <FormProblem problem={problem} />
    </>
  );
}
