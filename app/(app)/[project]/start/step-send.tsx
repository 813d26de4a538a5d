"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-block";
import { fetchJson } from "@/components/ui/fetch-json";
import type { SampleRecord } from "@/lib/start/schema";

import { SnippetView } from "./snippet-view";

export interface SendStepProps {
  slug: string;
  address: string;
  records: readonly SampleRecord[];
  /** Keys that may send outputs. */
  keys: number;
  canMakeKeys: boolean;
  /** ISO instant of the page. */
  now: string;
}

/** Makes a key, shows it this once, and gives the lines that send with it. */
export function SendStep({ slug, address, records, keys, canMakeKeys, now }: SendStepProps) {
  const router = useRouter();
  const { busy, problem, run } = useSubmit();
  const [token, setToken] = useState<string | null>(null);
  // The page is fetched again and again while it waits; the lines to copy stay the same.
  const [at] = useState(() => new Date(now));

  async function make() {
    const done = await run(async () => {
      const made = await fetchJson<{ token: string }>(`/api/v1/projects/${slug}/keys`, {
        method: "POST",
        body: { name: keys === 0 ? "First key" : `Key ${keys + 1}`, scopes: ["outputs:write"] },
      });
      setToken(made.token);
    });
    if (!done) return;
    // The address names the step, so that it stays open when the first output is in.
    router.replace(`/${slug}/start?step=send` as Route, { scroll: false });
    router.refresh();
  }

  if (token === null && keys === 0)
    return (
      <div className="flex flex-col items-start gap-3">
        <FormProblem problem={problem} />
        <p className="max-w-prose text-sm text-muted text-pretty">
          Your system sends with a key. It is shown once.
        </p>
        {canMakeKeys ? (
          <Button variant="primary" busy={busy} onClick={() => void make()}>
            Make a key
          </Button>
        ) : (
          <p className="text-sm text-muted">A manager of this project makes the key.</p>
        )}
      </div>
    );
  return (
    <>
      <FormProblem problem={problem} />
      {token === null ? (
        <Banner
          title="A key was made already"
          actions={
            canMakeKeys ? (
              <Button size="sm" busy={busy} onClick={() => void make()}>
                Make another key
              </Button>
            ) : null
          }
        >
          Assay cannot show it again. Put it where the lines below say asy_…, or make another one.
        </Banner>
      ) : (
        <div className="flex flex-col gap-1.5">
          <CopyField value={token} label="key" />
          <p className="text-xs text-subtle">Shown this once; the lines below contain it.</p>
        </div>
      )}
      <SnippetView address={address} token={token} records={records} at={at} />
    </>
  );
}
