"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { NumberField } from "@/components/form/number-field";
import { useSubmit } from "@/components/form/use-submit";
import { Button, LinkButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { COMPARED_BUDGETS } from "@/lib/backtest/compared-budgets";
import { formatCount } from "@/lib/core/format";

const DRAWS = "200";
const USUAL_REVIEWS = 100;

/** How many reviews, how many draws, how many false alarms; a press takes one to the backtest. */
export function StartForm({
  slug,
  perWeek,
  acceptedPerYear,
  activeId,
}: {
  slug: string;
  /** Labelled outputs a week: more of them cannot be replayed. */
  perWeek: number;
  acceptedPerYear: number;
  /** One that is under way: only one at a time. */
  activeId: string | null;
}) {
  const router = useRouter();
  const { busy, problem, fields, run } = useSubmit();
  const [reviews, setReviews] = useState(
    String(Math.max(5, Math.min(USUAL_REVIEWS, Math.floor(perWeek / 2)))),
  );
  const [draws, setDraws] = useState(DRAWS);
  const [accepted, setAccepted] = useState(String(acceptedPerYear));
  const [compare, setCompare] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void run(async () => {
      const { id } = await fetchJson(`/api/v1/projects/${slug}/backtests`, {
        method: "POST",
        body: {
          reviews_per_week: numberOf(reviews),
          draws: numberOf(draws),
          accepted_per_year: numberOf(accepted),
          compare,
        },
        parse: async (json) => (await import("@/lib/backtest/schema")).backtestSummarySchema.parse(json),
      });
      router.push(`/${slug}/backtest/${id}` as Route);
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField
          label="Reviews a week"
          unit="outputs"
          step="1"
          value={reviews}
          onChange={setReviews}
          error={fields["reviews_per_week"]}
          hint={
            Number(reviews) > perWeek
              ? `Only about ${formatCount(Math.round(perWeek))} a week have been judged: every draw would take the same ones.`
              : "What people would have got done."
          }
        />
        <NumberField
          label="Random draws"
          unit="draws"
          step="1"
          value={draws}
          onChange={setDraws}
          error={fields["draws"]}
          hint="More draws, surer answers."
        />
        <NumberField
          label="Accepted false alarms"
          unit="a year"
          value={accepted}
          onChange={setAccepted}
          error={fields["accepted_per_year"]}
          hint="Over everything that is watched."
        />
      </div>
      <Checkbox
        label={`Also with ${COMPARED_BUDGETS.join(", ")} reviews a week, to compare`}
        hint="Takes about five times as long."
        checked={compare}
        onChange={(event) => setCompare(event.target.checked)}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" busy={busy} disabled={activeId !== null}>
          Start
        </Button>
        {activeId ? (
          <>
            <span className="text-sm text-muted">Another one is under way.</span>
            <LinkButton href={`/${slug}/backtest/${activeId}`} size="sm">
              Show it
            </LinkButton>
          </>
        ) : null}
      </div>
    </form>
  );
}

/** An empty field is no zero. */
function numberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
