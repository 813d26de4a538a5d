import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { nextItem } from "@/lib/review/claim-slot";
import { pickOutputs } from "@/lib/review/pick-outputs";
import { type Submission, submitReview } from "@/lib/review/submit-review";
import { readPlanProgress } from "@/lib/review/queue-plan";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { workQueue } from "@/lib/testing/judge-samples";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeReviewQueue } from "@/lib/testing/make-review-queue";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { type DatasetRow, datasetQuerySchema } from "./dataset-schema";
import { exportDataset } from "./export-dataset";
import { accuracySeries } from "./queries";
import { refreshEstimate } from "./refresh-estimate";
import { segmentTable } from "./segment-table";
import { trafficFigures } from "./traffic-figures";

const database = await testDatabase();
const { db } = database;

async function exported(ctx: Ctx, query: Record<string, string> = {}): Promise<DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for await (const line of await exportDataset(ctx, datasetQuerySchema.parse(query)))
    rows.push(JSON.parse(line) as DatasetRow);
  return rows;
}

function weightedAccuracy(rows: readonly DatasetRow[]): number {
  const counted = rows.filter((row) => row.counted);
  const sum = (of: (row: DatasetRow) => number) => counted.reduce((total, row) => total + of(row), 0);
  return sum((row) => (row.weight ?? 0) * (row.score ?? 0)) / sum((row) => row.weight ?? 0);
}

const DAYS = Array.from({ length: 14 }, (_, day) => new Date(Date.UTC(2026, 2, 2 + day, 9)));

test("the accuracy that the product shows is that of the export, with unequal rates, thin strata and unsure ones", async () => {
  const plan = { reviewsPerWeek: 70, expectedPerDay: 60, attribute: "country", flaggedFactor: 4 };
  const sampled = await makeSampledProject(db, { plan });
  const { project } = sampled;
  const outputs = DAYS.flatMap((instant, day) =>
    Array.from({ length: 60 }, (_, i) => ({
      externalId: `d${day}-${i}`,
      instant,
      // One country in thirty, one in three flagged, one source that sends every second of its own.
      segments: { country: i % 30 === 0 ? "at" : i % 3 === 0 ? "fr" : "de" },
      flagged: i % 11 === 0,
      sourceProbability: i % 4 === 0 ? 0.5 : 1,
    })),
  );
  await storeOutputs(database, sampled, outputs);
  await closeEpochs(db, project.id, "RECORDED", new Date("2026-03-16T00:00:00Z"));
  const scored = (externalId: string) => {
    const i = Number(externalId.split("-")[1]);
    return i % 13 === 0 ? "unsure" : i % 7 === 0 ? 0 : i % 30 === 0 ? 0.4 : 1;
  };
  await workQueue(db, project.id, 120, scored);
  await refreshEstimate(db, project.id);
  const ctx = contextFor(db, project, undefined, new Date("2026-03-31T00:00:00Z"));

  const rows = await exported(ctx, { include: "unsure,surplus" });
  const all = await accuracySeries(ctx, { periodKind: "month", from: "2026-03-01", to: "2026-03-31" });
  const shown = all.points[0]?.estimate;
  const counted = rows.filter((row) => row.counted);
  expect(counted).toHaveLength(shown?.n ?? 0);
  expect(counted.length).toBeGreaterThan(50);
  expect(rows.some((row) => row.verdict === null && row.weight === null)).toBe(true);
  expect(new Set(counted.map((row) => row.stratum)).size).toBeGreaterThan(3);
  expect(new Set(counted.map((row) => row.design_weight?.toFixed(3))).size).toBeGreaterThan(5);
  expect(Math.abs(weightedAccuracy(rows) - (shown?.mean ?? 0))).toBeLessThan(1e-9);
  // The plain share is another number, so the weights do something.
  const plain = counted.reduce((sum, row) => sum + (row.score ?? 0), 0) / counted.length;
  expect(Math.abs(plain - (shown?.mean ?? 0))).toBeGreaterThan(1e-6);

  const week = await accuracySeries(ctx, { periodKind: "week", from: "2026-03-09", to: "2026-03-15" });
  const ofWeek = await exported(ctx, { from: "2026-03-09", to: "2026-03-15" });
  expect(ofWeek.every((row) => row.counted && row.day >= "2026-03-09" && row.day <= "2026-03-15")).toBe(true);
  expect(Math.abs(weightedAccuracy(ofWeek) - (week.points[0]?.estimate?.mean ?? 0))).toBeLessThan(1e-9);
});

test("with what is in quarantine, the accuracy of all traffic is that of the export; each segment has both", async () => {
  const plan = { reviewsPerWeek: 140, expectedPerDay: 60, flaggedFactor: 4 };
  const sampled = await makeSampledProject(db, { plan });
  const { project } = sampled;
  const outputs = DAYS.flatMap((instant, day) =>
    Array.from({ length: 60 }, (_, i) => ({
      externalId: `d${day}-${i}`,
      instant,
      segments: { country: i % 3 === 0 ? "fr" : "de" },
      flagged: i % 11 === 0,
      // A tenth is held back, of one country only, and mostly wrong.
      phase: i % 15 === 0 || i % 15 === 6 ? ("HELD" as const) : ("PRODUCTION" as const),
    })),
  );
  await storeOutputs(database, sampled, outputs);
  await closeEpochs(db, project.id, "RECORDED", new Date("2026-03-16T00:00:00Z"));
  const scored = (externalId: string) => {
    const i = Number(externalId.split("-")[1]);
    if (i % 15 === 0 || i % 15 === 6) return i % 30 === 0 ? 1 : 0;
    return i % 13 === 0 ? "unsure" : i % 7 === 0 ? 0 : 1;
  };
  await workQueue(db, project.id, 400, scored);
  await refreshEstimate(db, project.id);
  const ctx = contextFor(db, project, undefined, new Date("2026-03-31T00:00:00Z"));
  const days = { from: "2026-03-02", to: "2026-03-15" };

  const figures = await trafficFigures(ctx, days);
  const rows = await exported(ctx, { ...days, include: "held" });
  const held = rows.filter(({ phase, counted }) => phase === "held" && counted);
  expect(held.length).toBe(figures.held.reviews);
  expect(held.length).toBeGreaterThanOrEqual(5);
  expect(new Set(held.map(({ stratum }) => stratum))).toEqual(new Set(["in quarantine"]));
  for (const { inclusion_probability: probability, design_weight: design } of held)
    expect((probability ?? 0) * (design ?? 0)).toBeCloseTo(1, 12);
  expect(Math.abs(weightedAccuracy(rows) - (figures.all.estimate?.mean ?? 0))).toBeLessThan(1e-9);
  expect(
    Math.abs(weightedAccuracy(await exported(ctx, days)) - (figures.accepted.estimate?.mean ?? 0)),
  ).toBeLessThan(1e-9);
  // Leaving quarantine out flatters.
  expect(figures.all.estimate?.mean).toBeLessThan((figures.accepted.estimate?.mean ?? 0) - 0.02);

  const table = await segmentTable(ctx, days);
  expect(table.overall.all_traffic).toEqual({ held: figures.held.records, estimate: figures.all.estimate });
  const french = table.rows.find(({ segment }) => segment.value === "fr");
  const german = table.rows.find(({ segment }) => segment.value === "de");
  expect(german?.all_traffic).toBeNull();
  const ofFrench = await trafficFigures(ctx, days, { attribute: "country", value: "fr" });
  expect(french?.all_traffic).toEqual({ held: ofFrench.held.records, estimate: ofFrench.all.estimate });
  expect(french?.all_traffic?.held).toBe(figures.held.records);
  expect(french?.all_traffic?.estimate?.mean).toBeLessThan((french?.estimate?.mean ?? 0) - 0.05);

  // The plan counts on reviews of it, and says so.
  const progress = await readPlanProgress(ctx);
  const waiting = progress.filter(({ stratum }) => stratum === "in quarantine");
  expect(waiting.length).toBeGreaterThan(0);
  expect(waiting.reduce((sum, { planned }) => sum + planned, 0)).toBeGreaterThanOrEqual(5);
});

const items = [0, 1, 2, 3].map((number) => ({
  input: { number },
  output: { label: "yes" },
  secondLook: number === 0,
}));

async function judge(
  ctx: Ctx,
  decision: Submission["decision"],
  queue: "review" | "adjudicate" | "diagnostic" = "review",
) {
  const item = await nextItem(ctx, { queue });
  if (!item) throw new Error("expected an item");
  const { slotId, leaseToken, form } = item;
  const remark = {
    comment: "=HYPERLINK(1)",
    errorTags: ["misread"],
    severity: "minor" as const,
    correction: { label: "no" },
  };
  await submitReview(ctx, {
    slotId,
    leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: form.id,
    decision,
    ...remark,
  });
  return item.reference;
}
const answer = (label: string) => ({ outcome: "ANSWERED" as const, answer: { label } });

test("each row has the label that decided, with its remarks; other reviews only when asked for", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 3 });
  const [one, two, three] = [queue.as(0), queue.as(1), queue.as(2)];
  await judge(one, answer("no"));
  await judge(two, answer("yes"));
  await judge(one, answer("yes"));
  await judge(one, { outcome: "CANNOT_JUDGE", reason: "bad_input" });
  await judge(three, answer("no"), "adjudicate");
  const output = await db.output.findFirstOrThrow({
    where: { projectId: queue.project.id, externalId: "item-1" },
  });
  await pickOutputs(one, { batchId: randomUUID(), note: "look", origin: "output", outputIds: [output.id] });
  await judge(two, answer("no"), "diagnostic");
  await refreshEstimate(db, queue.project.id);
  // No traffic was counted here, so nothing is: what was judged comes as surplus.
  const rows = await exported(one, { include: "surplus" });
  expect(rows).toMatchObject([
    {
      kind: "sample",
      id: "item-0",
      verdict: "incorrect",
      settled_by: "adjudication",
      answer: { label: "no" },
      correction: { label: "no" },
      error_tags: ["misread"],
      severity: "minor",
      form_version: 1,
      input: { number: 0 },
      output: { label: "yes" },
      looks: [
        { look: 1, verdict: "incorrect" },
        { look: 2, verdict: "correct" },
        { look: 3, verdict: "incorrect" },
      ],
    },
    { kind: "sample", id: "item-1", verdict: "correct", settled_by: "review" },
  ]);
  const besides = await exported(one, { include: "surplus,unsure,diagnostic" });
  expect(besides.map(({ kind, id, verdict, weight }) => [kind, id, verdict, weight])).toEqual([
    ["sample", "item-0", "incorrect", null],
    ["sample", "item-1", "correct", null],
    ["sample", "item-2", "cannot_judge", null],
    ["diagnostic", "item-1", "incorrect", null],
  ]);
  const csv: string[] = [];
  for await (const line of await exportDataset(
    one,
    datasetQuerySchema.parse({ format: "csv", include: "surplus" }),
  ))
    csv.push(line);
  expect(csv[0]).toContain("kind,id,phase,");
  expect(csv[1]).toContain(",'=HYPERLINK(1),");
  expect(
    await db.auditEvent.count({ where: { projectId: queue.project.id, action: "dataset.export" } }),
  ).toBe(3);
});

test("it reads on from where it was, each output once, and nothing of another project", async () => {
  const many = Array.from({ length: 230 }, (_, number) => ({ input: { number }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items: many });
  await db.sample.updateMany({
    where: { projectId: queue.project.id },
    data: { state: "SETTLED", verdict: "CORRECT", score: 1, settledBy: "review" },
  });
  const rows = await exported(queue.as(0), { include: "surplus" });
  expect(rows).toHaveLength(230);
  expect(new Set(rows.map((row) => row.id)).size).toBe(230);
  const stranger = await makeReviewQueue(db, { items: [] });
  const person = await makePerson(db, { project: stranger.project, role: "MANAGER" });
  expect(await exported(contextFor(db, stranger.project, actorFor(person)), { include: "surplus" })).toEqual(
    [],
  );
});
