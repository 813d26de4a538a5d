import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { normalQuantile } from "@/lib/stats/normal-quantile";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { pairAgreements, projectAgreement } from "./agreement";
import { nextItem } from "./claim-slot";
import { createOccasion } from "./create-occasion";
import type { JudgedTwice } from "./judged-twice";
import { reviewerDetailSchema, reviewersSchema } from "./people-schema";
import { peopleWindow } from "./people-window";
import { reviewerDetail } from "./reviewer-detail";
import { reviewerReport } from "./reviewer-report";
import { submitReview } from "./submit-review";

const { db } = await testDatabase();

const window = (queue: ReviewQueue) => peopleWindow(queue.as(0), {});

/** The next item, judged; "skip" hands it on. */
async function judge(
  queue: ReviewQueue,
  reviewer: number,
  says: (reference: string) => string,
  timing: { activeMs?: number; submittedAt?: Date } = {},
) {
  const item = await nextItem(queue.as(reviewer));
  if (!item) throw new Error("expected an item");
  const label = says(item.reference);
  await submitReview(queue.as(reviewer), {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    ...timing,
    decision:
      label === "cannot"
        ? { outcome: "CANNOT_JUDGE", reason: "cut off" }
        : label === "skip"
          ? { outcome: "SKIPPED", reason: "not sure" }
          : { outcome: "ANSWERED", answer: { label } },
  });
  return item.reference;
}

test("pace, non-response and agreement of people are what a count by hand gives", async () => {
  const items = Array.from({ length: 12 }, (_, at) => ({
    input: { at },
    output: { label: "yes" },
    secondLook: true,
  }));
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  const wrong = new Set(["item-0", "item-1", "item-2"]);
  const at = (second: number) => new Date(Date.now() - 7_200_000 + second * 10_000);
  for (let done = 0; done < 12; done += 1) {
    const says = (reference: string) => (wrong.has(reference) ? "no" : "yes");
    await judge(queue, 0, says, { activeMs: 4_000 + 1_000 * done, submittedAt: at(done) });
  }
  const second: Record<string, string> = {
    "item-0": "no",
    "item-3": "no",
    "item-11": "cannot",
    "item-10": "skip",
  };
  for (let done = 0; done < 12; done += 1)
    await judge(queue, 1, (reference) => second[reference] ?? "yes", { submittedAt: at(done) });
  const report = reviewersSchema.parse(await reviewerReport(queue.as(0), window(queue)));
  const [one, two] = report.reviewers;
  expect(one?.work).toMatchObject({ judged: 12, cannot_judge: 0, handed_on: 0, too_fast: false });
  expect(one?.work.median_seconds).toBeCloseTo(9.5);
  // 4 + 5 + … + 15 seconds for 12 items.
  expect(one?.work.per_hour).toBeCloseTo((12 * 3_600) / 114);
  expect(two?.work).toMatchObject({
    judged: 11,
    cannot_judge: 1,
    handed_on: 1,
    median_seconds: null,
    per_hour: null,
  });
  // Ten outputs have two verdicts: both wrong on item-0, only one on items 1, 2 and 3.
  expect(report.pairs).toHaveLength(1);
  expect(report.pairs[0]).toMatchObject({ same: { n: 10, mean: 0.7 }, too_few: false });
  // Po = 0.7; the first finds 3 of 10 wrong, the second 2: Pe = 0.3 x 0.2 + 0.7 x 0.8.
  expect(report.pairs[0]?.kappa?.value).toBeCloseTo((0.7 - 0.62) / 0.38);
  expect(report.agreement).toEqual({ n: 10, needed: 30, people: 2, measures: null });
  expect(one?.others).toMatchObject({ same: { n: 10, mean: 0.7 }, too_few: false, decided: 0 });

  const third = await makePerson(db, { project: queue.project, role: "REVIEWER", name: "Third" });
  const as = contextFor(db, queue.project, actorFor(third));
  for (;;) {
    const item = await nextItem(as, { queue: "adjudicate" });
    if (!item) break;
    await submitReview(as, {
      slotId: item.slotId,
      leaseToken: item.leaseToken,
      submissionKey: randomUUID(),
      answerSchemaId: item.form.id,
      decision: { outcome: "ANSWERED", answer: { label: item.reference === "item-3" ? "yes" : "no" } },
    });
  }
  const after = await reviewerReport(queue.as(0), window(queue));
  // The third followed the first on items 1, 2 and 3, and never the second; deciding is no independent opinion.
  expect(after.reviewers.map(({ others }) => [others.decided, others.decided_for])).toEqual([
    [3, 3],
    [3, 0],
    [0, 0],
  ]);
  expect(after.agreement.n).toBe(10);
  // A person's own page reads that person's reviews alone, and says the same.
  for (const row of after.reviewers)
    expect((await reviewerDetail(queue.as(0), window(queue), row.reviewer_id))?.reviewer).toEqual(row);
});

test("who decides faster than anybody can look is named", async () => {
  const items = Array.from({ length: 40 }, (_, at) => ({ input: { at }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items, reviewers: 3 });
  const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 120_000);
  for (let done = 0; done < 30; done += 1) await judge(queue, 0, () => "yes", { submittedAt: minute });
  for (let done = 0; done < 5; done += 1)
    await judge(queue, 1, () => "yes", { activeMs: 400, submittedAt: minute });
  for (let done = 0; done < 5; done += 1)
    await judge(queue, 2, () => "yes", { activeMs: done === 0 ? 400 : 9_000, submittedAt: minute });
  const { reviewers } = await reviewerReport(queue.as(0), window(queue));
  expect(reviewers.map(({ work }) => [work.too_fast, work.fast_minutes, work.fast_items])).toEqual([
    [true, 1, 0],
    [true, 0, 5],
    [false, 0, 1],
  ]);
});

test("a person's page has their misses, changed minds and weeks; of oneself no misses", async () => {
  const items = Array.from({ length: 3 }, (_, at) => ({ input: { at }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  const reviewerId = queue.reviewers[0]?.id ?? "";
  for (let done = 0; done < 3; done += 1) await judge(queue, 0, () => "yes");
  const [first, second] = await db.output.findMany({
    where: { projectId: queue.project.id },
    orderBy: { externalId: "asc" },
  });
  if (!first || !second) throw new Error("expected outputs");
  const occasion = async (outputId: string, kind: "GOLD" | "REPEAT") => {
    const made = await db.$transaction((tx) =>
      createOccasion(tx, queue.project.id, {
        outputId,
        kind,
        createdBy: null,
        ...(kind === "GOLD"
          ? { truth: { label: "no" }, expectedVerdict: "INCORRECT", seededField: "label" }
          : {}),
      }),
    );
    await db.reviewSlot.create({
      data: {
        ...made,
        projectId: queue.project.id,
        id: newId(),
        look: 1,
        orderKey: -1,
        assigneeId: reviewerId,
      },
    });
  };
  await occasion(first.id, "GOLD");
  await judge(queue, 0, () => "yes");
  await occasion(second.id, "REPEAT");
  await judge(queue, 0, () => "no");

  const manager = contextFor(db, queue.project);
  const detail = reviewerDetailSchema.parse(await reviewerDetail(manager, window(queue), reviewerId));
  expect(detail.reviewer.gold).toMatchObject({ n: 1, wrong: 1, wrong_found: 0, too_few: true });
  expect(detail.misses).toMatchObject([
    { reference: "item-0", expected: "INCORRECT", seeded_fields: ["label"] },
  ]);
  expect(detail.changed).toMatchObject([{ reference: "item-1", first: "CORRECT", again: "INCORRECT" }]);
  expect(detail.weeks).toMatchObject([{ work: { judged: 5 }, gold_n: 1, gold_as_expected: 0 }]);
  expect((await reviewerDetail(queue.as(0), window(queue), reviewerId))?.misses).toBeNull();
  const stranger = await makePerson(db);
  expect(await reviewerDetail(manager, window(queue), stranger.id)).toBeNull();
});

test("truth that comes later scores people even where it settles nothing", async () => {
  const items = ["yes", "yes", "no", "yes"].map((label, at) => ({ input: { at }, output: { label } }));
  const queue = await makeReviewQueue(db, { items, reviewers: 1 });
  for (let done = 0; done < 4; done += 1) await judge(queue, 0, () => "yes");
  const projectId = queue.project.id;
  // The outputs were right, wrong, wrong; of the last nobody has heard. The person found: right, right, wrong.
  const truths: [string, string][] = [
    ["item-0", "yes"],
    ["item-1", "no"],
    ["item-2", "yes"],
    ["item-9", "yes"],
  ];
  await db.groundTruth.createMany({
    data: truths.map(([externalId, label]) => ({
      projectId,
      id: newId(),
      externalId,
      value: { label },
      receivedAt: new Date(),
      contentHash: randomBytes(32),
    })),
  });
  const manager = contextFor(db, queue.project);
  const detail = await reviewerDetail(manager, window(queue), queue.reviewers[0]?.id ?? "");
  expect(detail?.truth).toMatchObject({ n: 3, wrong: 2, wrong_found: 1, right: 1, right_accepted: 1 });
  const settled = await db.sample.count({ where: { projectId, settledBy: "truth" } });
  expect(settled).toBe(0);
});

/** Two-person tables worked out with nothing but the definitions. */
test("agreement of the project equals the definitions, written out again", () => {
  const [a, b, c, d] = [6, 3, 2, 49];
  const double = (first: boolean, second: boolean, at: number): JudgedTwice => ({
    decided: null,
    opinions: [
      { outputId: `${at}`, reviewerId: "ann", week: "", drawn: true, right: first, decided: null },
      { outputId: `${at}`, reviewerId: "bob", week: "", drawn: true, right: second, decided: null },
    ],
  });
  const judged = [
    ...Array.from({ length: a }, (_, at) => double(false, false, at)),
    ...Array.from({ length: b }, (_, at) => double(false, true, 100 + at)),
    ...Array.from({ length: c }, (_, at) => double(true, false, 200 + at)),
    ...Array.from({ length: d }, (_, at) => double(true, true, 300 + at)),
  ];
  const lost: JudgedTwice = {
    decided: null,
    opinions: double(false, true, 400).opinions.map((opinion, at) => ({ ...opinion, drawn: at === 0 })),
  };
  const { n, measures } = projectAgreement([...judged, lost]);
  expect(n).toBe(60);
  expect(measures?.same.mean).toBeCloseTo(55 / 60);
  expect(measures?.on_wrong?.mean).toBeCloseTo(12 / 17);
  expect(measures?.on_right?.mean).toBeCloseTo(98 / 103);
  const [p1, p2] = [9 / 60, 8 / 60];
  const chance = p1 * p2 + (1 - p1) * (1 - p2);
  expect(measures?.kappa?.value).toBeCloseTo((55 / 60 - chance) / (1 - chance));
  const wrong = 17 / 120;
  const gwet = 2 * wrong * (1 - wrong);
  expect(measures?.ac1?.value).toBeCloseTo((55 / 60 - gwet) / (1 - gwet));
  const expected = (120 ** 2 - 17 ** 2 - 103 ** 2) / 119;
  expect(measures?.alpha?.value).toBeCloseTo(1 - 10 / expected);
  const width = (found: { low: number | null; high: number | null } | null | undefined) =>
    ((found?.high ?? 0) - (found?.low ?? 0)) / (2 * normalQuantile(0.975));
  const drawn = bootstrap([a, b, c, d]);
  const close = (ratio: number) => expect(Math.abs(Math.log(ratio))).toBeLessThan(0.15);
  close(width(measures?.kappa) / spread(drawn.map(({ kappa }) => kappa)));
  close(width(measures?.ac1) / spread(drawn.map(({ ac1 }) => ac1)));
  expect(pairAgreements([...judged, lost])[0]?.same.n).toBe(61);
  expect(projectAgreement(judged.slice(0, 29)).measures).toBeNull();
});

test("rare errors: chance-corrected measures fall although people agree, which agreement on wrong explains", () => {
  const double = (first: boolean, second: boolean, at: number): JudgedTwice => ({
    decided: null,
    opinions: [first, second].map((right, person) => ({
      outputId: `${at}`,
      reviewerId: `${person}`,
      week: "",
      drawn: true,
      right,
      decided: null,
    })),
  });
  // Both find 5 % wrong and agree on 95 %.
  const judged = Array.from({ length: 400 }, (_, at) =>
    double(at >= 20, at >= 30 || (at >= 10 && at < 20), at),
  );
  const { measures } = projectAgreement(judged);
  expect(measures?.same.mean).toBeCloseTo(0.95);
  expect(measures?.kappa?.value).toBeCloseTo(0.47, 2);
  expect(measures?.ac1?.value).toBeCloseTo(0.94, 2);
  expect(measures?.on_wrong?.mean).toBeCloseTo(0.5);
  expect(measures?.on_right?.mean).toBeCloseTo(0.97, 2);
});

/** Kappa and AC1 of tables drawn with replacement from one. */
function bootstrap(table: readonly number[]): { kappa: number; ac1: number }[] {
  const random = seededRandom(5);
  const cells = table.flatMap((count, cell) => Array.from({ length: count }, () => cell));
  return Array.from({ length: 2_000 }, () => {
    const drawn = [0, 0, 0, 0];
    for (const _ of cells) {
      const cell = cells[Math.floor(random() * cells.length)] ?? 0;
      drawn[cell] = (drawn[cell] ?? 0) + 1;
    }
    const [bothWrong = 0, first = 0, second = 0, bothRight = 0] = drawn.map((count) => count / cells.length);
    const [p1, p2] = [bothWrong + first, bothWrong + second];
    const same = bothWrong + bothRight;
    const chance = p1 * p2 + (1 - p1) * (1 - p2);
    const mean = (p1 + p2) / 2;
    const gwet = 2 * mean * (1 - mean);
    return { kappa: (same - chance) / (1 - chance), ac1: (same - gwet) / (1 - gwet) };
  });
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
