import { clopperPearson } from "@/lib/stats/clopper-pearson";
import { cohenKappa } from "@/lib/stats/cohen-kappa";
import { gwetAc1 } from "@/lib/stats/gwet-ac1";
import { krippendorffAlpha } from "@/lib/stats/krippendorff-alpha";
import { specificAgreement } from "@/lib/stats/specific-agreement";
import type { JudgedTwice, Opinion } from "./judged-twice";
import type { Coefficient, ProjectAgreement, Rate, ReviewerOthers, ReviewerPair } from "./people-schema";

/** Fewer outputs judged twice say nothing about the project, about a person, about two people. */
export const DOUBLE_NEEDED = 30;
const FEWEST_OF_PERSON = 10;
const FEWEST_OF_PAIR = 5;

/** A share with its interval; null out of nothing. */
export function rateOf(hits: number, n: number): Rate | null {
  const limits = clopperPearson(hits, n);
  return limits && { mean: hits / n, ...limits, n };
}

function coefficient(value: number, found: { low: number | null; high: number | null }): Coefficient {
  return { value, low: found.low, high: found.high };
}

/**
 * How far people agree on the outputs that were drawn to be judged twice. What somebody judged whose lease was lost is left out: nobody
 * drew it.
 */
export function projectAgreement(judged: readonly JudgedTwice[]): ProjectAgreement {
  const doubles = judged.flatMap(({ opinions }) => {
    const [first, second] = opinions.filter((opinion) => opinion.drawn);
    return first && second ? [inOrder(first, second)] : [];
  });
  const people = new Set(doubles.flat().map((opinion) => opinion.reviewerId)).size;
  const n = doubles.length;
  const enough = n >= DOUBLE_NEEDED;
  return { n, needed: DOUBLE_NEEDED, people, measures: enough ? measuresOf(doubles, people) : null };
}

type Double = readonly [Opinion, Opinion];

/** Always the same person first, whichever look was whose. */
function inOrder(one: Opinion, other: Opinion): Double {
  return one.reviewerId < other.reviewerId ? [one, other] : [other, one];
}

function measuresOf(doubles: readonly Double[], people: number): ProjectAgreement["measures"] {
  const same = rateOf(doubles.filter(agree).length, doubles.length);
  if (!same) return null;
  const labels = doubles.map((pair) => pair.map(({ right }) => right));
  const [alpha, ac1] = [krippendorffAlpha(labels), gwetAc1(labels, { categories: 2 })];
  return {
    same,
    on_wrong: specific(doubles, false),
    on_right: specific(doubles, true),
    alpha: alpha && coefficient(alpha.alpha, alpha),
    ac1: ac1 && coefficient(ac1.ac1, ac1),
    kappa: people === 2 ? kappaOf(doubles) : null,
  };
}

function agree([first, second]: Double): boolean {
  return first.right === second.right;
}

function specific(doubles: readonly Double[], right: boolean): Rate | null {
  const both = doubles.filter((pair) => pair.every((opinion) => opinion.right === right)).length;
  const onlyOne = doubles.filter((pair) => !agree(pair)).length;
  const found = specificAgreement(both, onlyOne);
  return found && { mean: found.agreement, low: found.low, high: found.high, n: both + onlyOne };
}

function kappaOf(doubles: readonly Double[]): Coefficient | null {
  const found = cohenKappa(doubles.map(([first, second]) => ({ first: first.right, second: second.right })));
  return found && coefficient(found.kappa, found);
}

/** Every two people who judged some of the same outputs, the busiest pair first. */
export function pairAgreements(judged: readonly JudgedTwice[]): ReviewerPair[] {
  const byPair = new Map<string, Double[]>();
  for (const { opinions } of judged) {
    for (const [at, one] of opinions.entries()) {
      for (const other of opinions.slice(at + 1)) {
        const pair = inOrder(one, other);
        const key = pair.map(({ reviewerId }) => reviewerId).join();
        byPair.set(key, [...(byPair.get(key) ?? []), pair]);
      }
    }
  }
  return [...byPair.values()]
    .flatMap((doubles) => {
      const [first, second] = doubles[0] ?? [];
      const same = rateOf(doubles.filter(agree).length, doubles.length);
      if (!first || !second || !same) return [];
      const kappa = kappaOf(doubles);
      const tooFew = doubles.length < FEWEST_OF_PAIR;
      return [{ first: first.reviewerId, second: second.reviewerId, same, kappa, too_few: tooFew }];
    })
    .sort((a, b) => b.same.n - a.same.n);
}

/** How far one person agrees with all others, and whom a third person followed where they did not. */
export function personAgreement(judged: readonly JudgedTwice[], reviewerId: string): ReviewerOthers {
  const tally = { same: 0, n: 0, decided: 0, decidedFor: 0 };
  for (const { opinions, decided } of judged) {
    const own = opinions.find((opinion) => opinion.reviewerId === reviewerId);
    if (!own) continue;
    const others = opinions.filter((opinion) => opinion !== own);
    tally.n += others.length;
    tally.same += others.filter((other) => other.right === own.right).length;
    if (decided === null || others.every((other) => other.right === own.right)) continue;
    tally.decided += 1;
    if (decided === own.right) tally.decidedFor += 1;
  }
  return {
    same: rateOf(tally.same, tally.n),
    decided: tally.decided,
    decided_for: tally.decidedFor,
    too_few: tally.n < FEWEST_OF_PERSON,
  };
}
