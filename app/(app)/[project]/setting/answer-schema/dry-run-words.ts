import { formatPercent } from "@/lib/core/format";
import type { DryRun } from "@/lib/review/trial-schema";

const reviews = (count: number) => (count === 1 ? "1 review" : `${count} reviews`);

/** What a form would have made of past reviews, the main thing first. */
export function dryRunWords(run: DryRun): { main: string; more: string[] } {
  if (run.looked_at === 0) return { main: "There are no reviews yet to compare with.", more: [] };
  if (run.compared === 0)
    return { main: "No past review answers everything that this form asks.", more: lackingWords(run) };
  const share = formatPercent(run.changed / run.compared, 1);
  const main =
    run.changed === 0
      ? `With this form no past verdict would change (${reviews(run.compared)} compared).`
      : `With this form ${share} of past reviews (${run.changed} of ${run.compared}) would change their verdict.`;
  return {
    main,
    more: [...rightWords(run), ...overruledWords(run), ...lackingWords(run), ...boundWords(run)],
  };
}

function rightWords({ changed, compared, right_before: before, right_after: after }: DryRun): string[] {
  if (changed === 0) return [];
  return [
    `${formatPercent(after / compared, 1)} of them would be right, instead of ${formatPercent(before / compared, 1)}; what is reviewed more often is not weighed here.`,
  ];
}

function overruledWords({ overruled, overruled_no_longer: agreed }: DryRun): string[] {
  if (overruled === 0) return [];
  const stay = overruled === 1 ? "1 verdict was" : `${overruled} verdicts were`;
  const would =
    agreed === 0
      ? "this form would not agree with any of them"
      : `this form would say the same in ${agreed} of them by itself`;
  return [`${stay} given against the comparison and ${overruled === 1 ? "stays" : "stay"}; ${would}.`];
}

function lackingWords({ lacking, looked_at: lookedAt, compared }: DryRun): string[] {
  if (lookedAt === compared) return [];
  const named = lacking.map(({ label, reviews: count }) => `“${label}” (${count})`).join(", ");
  return [
    `${reviews(lookedAt - compared)} cannot be compared, because they do not answer what this form asks: ${named}. Their verdicts stay as they are.`,
  ];
}

function boundWords({ all_looked_at: all, looked_at: lookedAt }: DryRun): string[] {
  return all ? [] : [`Looked at the newest ${lookedAt} reviews; older ones were left out.`];
}
