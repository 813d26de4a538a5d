"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import type { MadeGold } from "@/lib/review/setting-schema";

import { mixedWishes } from "./mixed-wishes";

export interface CandidateRow {
  outputId: string;
  reference: string;
  answer: string;
  right: boolean;
  knownBy: "adjudication" | "truth";
}

/** Outputs whose right answer is known: each can become a known item, as it is or with an error put in. */
export function GoldCandidateTable({
  slug,
  candidates,
  wrongShare,
}: {
  slug: string;
  candidates: readonly CandidateRow[];
  /** Share of known items that should be wrong. */
  wrongShare: number;
}) {
  const router = useRouter();
  const { show } = useToast();
  const [busy, setBusy] = useState<string | null>(null);

  async function make(name: string, items: { output_id: string; seeded: boolean }[]) {
    setBusy(name);
    try {
      const result = await fetchJson<MadeGold>(`/api/v1/projects/${slug}/gold`, {
        method: "POST",
        body: { items },
      });
      show(saidOf(result));
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
    setBusy(null);
  }

  const mixed = mixedWishes(candidates, wrongShare);
  const withError = mixed.filter((item) => item.seeded).length;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pb-3">
        <p className="text-sm text-muted">
          All {candidates.length} below: {withError} with an error put in, the others as they are.
        </p>
        <Button busy={busy === "all"} disabled={busy !== null} onClick={() => void make("all", mixed)}>
          Make known items of all
        </Button>
      </div>
      <Table label="Outputs whose right answer is known">
        <TableHead>
          <tr>
            <HeaderCell>Output</HeaderCell>
            <HeaderCell className="hidden md:table-cell">Right answer</HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Known by</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {candidates.map((candidate) => (
            <TableRow key={candidate.outputId}>
              <Cell className="w-full max-w-0 md:w-1/3">
                <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="min-w-0 truncate font-mono text-xs" title={candidate.reference}>
                    {candidate.reference}
                  </span>
                  <Badge tone={candidate.right ? "good" : "alarm"}>
                    {candidate.right ? "Right" : "Wrong"}
                  </Badge>
                </div>
              </Cell>
              <Cell className="hidden max-w-0 md:table-cell md:w-2/3">
                <div className="truncate" title={candidate.answer}>
                  {candidate.answer}
                </div>
              </Cell>
              <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">
                {candidate.knownBy === "truth" ? "truth that was sent" : "a third person"}
              </Cell>
              <Cell className="text-right whitespace-nowrap">
                <div className="flex flex-col items-end gap-1 sm:flex-row sm:justify-end">
                  <Button
                    size="sm"
                    disabled={busy !== null}
                    aria-label={`Make a known item of ${candidate.reference} as it is`}
                    onClick={() => void make("one", [{ output_id: candidate.outputId, seeded: false }])}
                  >
                    As it is
                  </Button>
                  {candidate.right ? (
                    <Button
                      size="sm"
                      disabled={busy !== null}
                      aria-label={`Make a known item of ${candidate.reference} with an error`}
                      onClick={() => void make("one", [{ output_id: candidate.outputId, seeded: true }])}
                    >
                      With an error
                    </Button>
                  ) : null}
                </div>
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}

function saidOf({ made, refused }: MadeGold): { title: string; description?: string } {
  const title = made.length === 1 ? "One known item is made" : `${made.length} known items are made`;
  if (refused.length === 0) return { title, description: "Reviewers meet them within the next minutes." };
  const seeds = refused.filter((each) => each.reason === "cannot_seed").length;
  return {
    title,
    description:
      seeds > 0
        ? `${seeds} could not be made: nothing plausible would make the output wrong.`
        : `${refused.length} could not be made: their answer is not known any more, or they are made already.`,
  };
}
