"use client";

import { useRouter } from "next/navigation";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";

/** Asks for rules from the pilot; the page says when they are there. */
export function InferButton({
  slug,
  waiting,
  label,
  primary = false,
}: {
  slug: string;
  waiting: boolean;
  label: string;
  primary?: boolean;
}) {
  const router = useRouter();
  const { busy, problem, run } = useSubmit();

  async function ask() {
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/contract/infer`, { method: "POST" });
    });
    if (done) router.refresh();
  }

  return (
    <>
      <Button variant={primary ? "primary" : "secondary"} busy={busy || waiting} onClick={() => void ask()}>
        {waiting ? "Reading the pilot" : label}
      </Button>
      {problem ? (
        <p role="alert" className="w-full text-sm text-alarm-ink">
          {problem}
        </p>
      ) : null}
    </>
  );
}
