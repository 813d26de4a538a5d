"use client";

import { useState } from "react";
import { useSubmit } from "@/components/form/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button, Spinner } from "@/components/ui/button";
import { Stat } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import type { ContractDefinition } from "@/lib/contract/schema";
import { type Revalidation, revalidationSchema } from "@/lib/contract/wire-schema";
import { formatCount, formatDay, formatProbability } from "@/lib/core/format";

/** What rules would have said about the newest outputs; asking changes nothing. */
export function PastDialog({
  slug,
  definition,
  sentences,
  label = "Try on past outputs",
}: {
  slug: string;
  definition: ContractDefinition;
  sentences: Readonly<Record<string, string>>;
  label?: string;
}) {
  const [result, setResult] = useState<Revalidation | null>(null);
  const { problem, run } = useSubmit();

  async function ask() {
    setResult(null);
    await run(async () => {
      const answer = await fetchJson(`/api/v1/projects/${slug}/contract/revalidate`, {
        method: "POST",
        body: { definition },
        parse: (value) => revalidationSchema.parse(value),
      });
      setResult(answer);
    });
  }

  return (
    <Dialog
      title="Past outputs by these rules"
      description="A question only: no output, flag or estimate is changed."
      size="lg"
      onOpenChange={(now) => {
        if (now) void ask();
      }}
      trigger={<Button>{label}</Button>}
    >
      <div aria-live="polite" className="min-h-24 pb-2">
        {problem ? (
          <Banner
            tone="warn"
            title="That did not work"
            actions={
              <Button size="sm" onClick={() => void ask()}>
                Try again
              </Button>
            }
          >
            {problem}
          </Banner>
        ) : result ? (
          <PastResult result={result} sentences={sentences} />
        ) : (
          <p className="flex items-center gap-2 text-sm text-muted">
            <Spinner /> Judging past outputs …
          </p>
        )}
      </div>
    </Dialog>
  );
}

const SHOWN = 12;

function PastResult({
  result,
  sentences,
}: {
  result: Revalidation;
  sentences: Readonly<Record<string, string>>;
}) {
  if (result.records === 0)
    return <p className="text-sm text-muted">No production output has come in yet.</p>;
  const day = (instant: string | null) => (instant === null ? "" : formatDay(instant.slice(0, 10)));
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">
        {result.records === result.limit
          ? `The newest ${formatCount(result.records)} outputs, no more are looked at`
          : `All ${formatCount(result.records)} production outputs`}
        , {day(result.from)} to {day(result.to)}.
      </p>
      <div className="grid grid-cols-2 gap-4">
        <Stat
          label="Would be flagged"
          value={formatProbability(result.flagged)}
          detail={`${formatProbability(result.flagged_then)} were when they came`}
        />
        <Stat
          label="Would be held back"
          value={formatProbability(result.quarantined)}
          detail="of these outputs"
        />
      </div>
      {result.findings.length > 0 ? (
        <Banner tone="warn" title="Far more often than in the pilot">
          <ul className="flex flex-col gap-1">
            {result.findings.slice(0, SHOWN).map(({ code, path, share, values }) => (
              <li key={`${code} ${path}`} className="[overflow-wrap:anywhere]">
                {sentences[code] ?? code} <span className="font-mono text-xs">{path}</span>{" "}
                {code === "W_COMPLETENESS_LOW" ? "filled in for" : ""} {formatProbability(share)}
                {values.length > 0 ? `: ${values.join(", ")}` : ""}
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
      {result.by_rule.length > 0 ? (
        <ol className="flex flex-col gap-1.5 text-sm">
          {result.by_rule.slice(0, SHOWN).map(({ code, path, records, share }) => (
            <li key={`${code} ${path}`} className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 text-ink">
                {sentences[code] ?? code}{" "}
                <span className="font-mono text-xs [overflow-wrap:anywhere] text-subtle">{path}</span>
              </span>
              <span className="shrink-0 text-xs text-muted tabular">
                {formatCount(records)} ({formatProbability(share)})
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="text-sm text-muted">None of them breaks a rule.</p>
      )}
    </div>
  );
}
