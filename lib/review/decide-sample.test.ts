import fc from "fast-check";
import { expect, test } from "vitest";
import { decideSample, type ReviewFact } from "./decide-sample";
import type { Comparison } from "./schema";

const right: Comparison = { fieldResults: [], score: 1, verdict: "CORRECT" };

function review(look: number, reviewerId: string, change: Partial<ReviewFact> = {}): ReviewFact {
  return {
    reviewerId,
    look,
    revision: 1,
    outcome: "ANSWERED",
    primary: true,
    verdict: "CORRECT",
    score: 1,
    ...change,
  };
}
const wrong = { verdict: "INCORRECT", score: 0 } as const;

test("nothing is queued, a skip alone is unsure, a skip and an answer is settled", () => {
  expect(decideSample([], null).state).toBe("QUEUED");
  const skip = review(1, "a", { outcome: "SKIPPED", verdict: null, score: null });
  expect(decideSample([skip], null)).toMatchObject({ state: "UNSURE", verdict: null, score: null });
  expect(decideSample([skip, review(1, "b")], null)).toMatchObject({ state: "SETTLED", settledBy: "review" });
});

test("cannot judge is unsure and says so; a second look can still settle it", () => {
  const cannot = review(1, "a", { outcome: "CANNOT_JUDGE", verdict: null, score: null });
  expect(decideSample([cannot], null)).toMatchObject({ state: "UNSURE", verdict: "CANNOT_JUDGE" });
  expect(decideSample([cannot, review(2, "b")], null)).toMatchObject({
    state: "SETTLED",
    settledBy: "review",
  });
});

test("precedence: adjudicated, truth, agreement, single", () => {
  const differing = [review(1, "a"), review(2, "b", wrong)];
  expect(decideSample(differing, null)).toMatchObject({
    verdict: "CORRECT",
    settledBy: "review",
    needsThirdLook: true,
  });
  const decided = [...differing, review(3, "c", wrong)];
  expect(decideSample(decided, right)).toMatchObject({ verdict: "INCORRECT", settledBy: "adjudication" });
  expect(decideSample(differing, { ...right, verdict: "INCORRECT", score: 0.2 })).toMatchObject({
    score: 0.2,
    settledBy: "truth",
  });
  const agreeing = [review(1, "a", { score: 0.8 }), review(2, "b", { score: 1 })];
  expect(decideSample(agreeing, null)).toMatchObject({
    score: 0.9,
    settledBy: "agreement",
    needsThirdLook: false,
  });
});

test("while two looks differ, the lower look's label stands, whichever came first", () => {
  const late = [review(2, "b", wrong), review(1, "a")];
  expect(decideSample(late, null)).toMatchObject({ verdict: "CORRECT" });
  expect(decideSample([...late].reverse(), null)).toMatchObject({ verdict: "CORRECT" });
});

test("an undone review and an extra one do not count", () => {
  const undone = [
    review(1, "a", wrong),
    review(1, "a", { revision: 2, outcome: "UNDONE", verdict: null, score: null }),
  ];
  expect(decideSample(undone, null).state).toBe("QUEUED");
  expect(decideSample([review(1, "a", { primary: false })], null).state).toBe("QUEUED");
});

/** The same rule, told the other way round: by sorting claims of strength instead of by cases. */
function restated(reviews: ReviewFact[], truth: Comparison | null) {
  const latest = reviews.filter(
    (r) => !reviews.some((o) => o.reviewerId === r.reviewerId && o.revision > r.revision),
  );
  const live = latest.filter((r) => r.primary && r.outcome !== "UNDONE");
  const answers = live.filter((r) => r.outcome === "ANSWERED").sort((a, b) => a.look - b.look);
  const claims: { strength: number; by: string; verdict: string | null; score: number | null }[] = [];
  for (const a of answers) {
    claims.push({
      strength: a.look === 3 ? 4 : 1,
      by: a.look === 3 ? "adjudication" : "review",
      verdict: a.verdict,
      score: a.score,
    });
  }
  const pair = answers.filter((a) => a.look < 3);
  const verdicts = new Set(pair.map((a) => a.verdict));
  if (pair.length === 2 && verdicts.size === 1) {
    const score = pair.reduce((sum, a) => sum + (a.score ?? 0), 0) / 2;
    claims.push({ strength: 2, by: "agreement", verdict: pair[0]?.verdict ?? null, score });
  }
  if (truth) claims.push({ strength: 3, by: "truth", verdict: truth.verdict, score: truth.score });
  const best = claims.reduce<(typeof claims)[number] | null>(
    (a, b) => (a && a.strength >= b.strength ? a : b),
    null,
  );
  return {
    state: best ? "SETTLED" : live.length > 0 ? "UNSURE" : "QUEUED",
    settledBy: best?.by ?? null,
    verdict: best ? best.verdict : live.some((r) => r.outcome === "CANNOT_JUDGE") ? "CANNOT_JUDGE" : null,
    score: best?.score ?? null,
    needsThirdLook: verdicts.size === 2,
  };
}

type Step = {
  person: number;
  look: number;
  act: "answer" | "cannot" | "skip" | "undo";
  right: boolean;
  primary: boolean;
};

/** Histories as the database can hold them: one person per look and one look per person among what counts. */
function historyOf(steps: Step[]): ReviewFact[] {
  const history: ReviewFact[] = [];
  const current = (person: string) => history.findLast((r) => r.reviewerId === person);
  const liveOn = (look: number) =>
    ["p0", "p1", "p2", "p3"].map(current).find((r) => r && r.primary && r.look === look && isDone(r));
  for (const step of steps) {
    const reviewerId = `p${step.person}`;
    const mine = current(reviewerId);
    const revision = (mine?.revision ?? 0) + 1;
    if (step.act === "undo") {
      if (mine && mine.outcome !== "UNDONE")
        history.push({ ...mine, revision, outcome: "UNDONE", verdict: null, score: null });
      continue;
    }
    if (mine && mine.outcome !== "UNDONE") continue;
    const primary = step.primary && !liveOn(step.look);
    const answered = step.act === "answer";
    history.push({
      reviewerId,
      look: step.look,
      revision,
      primary,
      outcome: answered ? "ANSWERED" : step.act === "cannot" ? "CANNOT_JUDGE" : "SKIPPED",
      verdict: answered ? (step.right ? "CORRECT" : "INCORRECT") : null,
      score: answered ? (step.right ? 0.75 : 0.25) : null,
    });
  }
  return history;
}
const isDone = (r: ReviewFact) => r.outcome === "ANSWERED" || r.outcome === "CANNOT_JUDGE";

const steps = fc.array(
  fc.record({
    person: fc.nat(3),
    look: fc.integer({ min: 1, max: 3 }),
    act: fc.constantFrom<Step["act"]>("answer", "answer", "cannot", "skip", "undo"),
    right: fc.boolean(),
    primary: fc.boolean(),
  }),
  { maxLength: 14 },
);
const truths = fc.option(
  fc
    .boolean()
    .map(
      (yes): Comparison => ({ fieldResults: [], score: yes ? 1 : 0, verdict: yes ? "CORRECT" : "INCORRECT" }),
    ),
);

test("5,000 random histories agree with an independent statement of the rule, in any order of rows", () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(steps, truths, fc.infiniteStream(fc.nat()), (script, truth, shuffle) => {
      const history = historyOf(script);
      const decision = decideSample(history, truth);
      expect(decision).toEqual(restated(history, truth));
      const order = history.map((r) => ({ r, key: shuffle.next().value ?? 0 })).sort((a, b) => a.key - b.key);
      expect(
        decideSample(
          order.map((each) => each.r),
          truth,
        ),
      ).toEqual(decision);
      reached.add(`${decision.state} ${decision.settledBy}`);
    }),
    { numRuns: 5_000 },
  );
  expect([...reached].sort()).toEqual([
    "QUEUED null",
    "SETTLED adjudication",
    "SETTLED agreement",
    "SETTLED review",
    "SETTLED truth",
    "UNSURE null",
  ]);
});
