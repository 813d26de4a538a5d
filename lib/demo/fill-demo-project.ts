import { randomUUID } from "node:crypto";
import type { Actor, Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { countInputs } from "@/lib/drift/count-inputs";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { freezeBaseline } from "@/lib/estimate/freeze-baseline";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { evaluateMonitors } from "@/lib/monitor/evaluate-monitors";
import { nextItem } from "@/lib/review/claim-slot";
import { revealOutput } from "@/lib/review/reveal-output";
import { submitReview } from "@/lib/review/submit-review";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { serveKnownItems } from "./serve-known-items";
import { type DemoOutput, mulberry32 } from "./demo-stream";

export interface DemoFilling {
  stream: readonly DemoOutput[];
  send(records: readonly unknown[]): Promise<void>;
  reviewers: readonly { userId: string; name: string }[];
  /** Told after each week; the last part is what is counted and judged at the end. */
  progress(done: number, all: number): Promise<void> | void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 1_000;
/** Left in the queue, so that whoever opens the demo has something to review. */
const LEFT_TO_REVIEW = 40;
/** Known items were judged in so many days. */
const KNOWN_DAYS = 60;
/** Simulated reviewers err now and then, and sometimes cannot tell. */
const ERROR_SHARE = 0.01;
const UNSURE_SHARE = 0.01;

/** Sends the stream week by week; after each week the simulated reviewers work through the queue. */
export async function fillDemoProject(ctx: Ctx, filling: DemoFilling): Promise<void> {
  const truths = new Map(filling.stream.map(({ record, truth }) => [record.id, truth]));
  const weeks = byWeek(filling.stream);
  const random = mulberry32(1);
  for (const [index, week] of weeks.entries()) {
    for (let from = 0; from < week.outputs.length; from += BATCH) {
      await filling.send(week.outputs.slice(from, from + BATCH).map(({ record }) => record));
    }
    await closeEpochs(ctx.db, ctx.project.id, "RECORDED", new Date(Math.min(week.end, ctx.now.getTime())));
    const last = index === weeks.length - 1;
    const submittedAt = () =>
      new Date(Math.min(week.end + random() * 4 * DAY_MS, ctx.now.getTime() - random() * HOUR_MS));
    await reviewQueue(ctx, filling, { truths, random, submittedAt, leave: last ? LEFT_TO_REVIEW : 0 });
    await filling.progress(index + 1, weeks.length);
  }
  await measureReviewers(ctx, filling, { truths, random });
  await count(ctx);
  await freezeBaseline(ctx, { note: "The pilot, as its two weeks left it." });
  await evaluateMonitors(ctx.db, ctx.project.id);
  await countInputs(ctx.db, ctx.project.id);
}

/** Known items judged by the same simulated people in the last two months. */
async function measureReviewers(
  ctx: Ctx,
  { reviewers }: DemoFilling,
  { truths, random }: Pick<QueueWork, "truths" | "random">,
): Promise<void> {
  const submittedAt = () => new Date(ctx.now.getTime() - random() * KNOWN_DAYS * DAY_MS);
  for (const reviewer of reviewers) {
    const person: Actor = { kind: "user", sessionId: newId(), isAdmin: false, ...reviewer };
    const waiting = await serveKnownItems(ctx, reviewer.userId, truths);
    for (let at = 0; at < waiting; at += 1)
      await reviewNext({ ...ctx, actor: person, now: new Date() }, { truths, random, submittedAt, leave: 0 });
  }
}

async function count({ db, project }: Ctx): Promise<void> {
  await foldCounts(db, project.id);
  await refreshEstimate(db, project.id);
}

interface QueueWork {
  truths: ReadonlyMap<string, string>;
  random: () => number;
  /** When a simulated reviewer judged: in the days after the week, as people would have. */
  submittedAt: () => Date;
  leave: number;
}

async function reviewQueue(ctx: Ctx, { reviewers }: DemoFilling, work: QueueWork): Promise<void> {
  const open = await ctx.db.reviewSlot.count({
    where: { projectId: ctx.project.id, state: "OPEN", look: { lt: 3 } },
  });
  let left = open - work.leave;
  const takeTurns = async (reviewer: DemoFilling["reviewers"][number]) => {
    const person: Actor = { kind: "user", sessionId: newId(), isAdmin: false, ...reviewer };
    while (left > 0) {
      left -= 1;
      if (!(await reviewNext({ ...ctx, actor: person, now: new Date() }, work))) return;
    }
  };
  await Promise.all(reviewers.map(takeTurns));
}

/** False when the queue has nothing more for this person. */
async function reviewNext(ctx: Ctx, { truths, random, submittedAt }: QueueWork): Promise<boolean> {
  const item = await nextItem(ctx);
  if (!item) return false;
  const lease = { slotId: item.slotId, leaseToken: item.leaseToken, answerSchemaId: item.form.id };
  const submission = {
    ...lease,
    submissionKey: randomUUID(),
    activeMs: Math.round(6_000 + 16_000 * random()),
    submittedAt: submittedAt(),
  };
  if (random() < UNSURE_SHARE) {
    const reason = "The page is cut off; the kind cannot be told.";
    await submitReview(ctx, { ...submission, decision: { outcome: "CANNOT_JUDGE", reason } });
    return true;
  }
  const wrong = random() < ERROR_SHARE;
  const answer = { label: wrong ? "other" : (truths.get(item.reference) ?? "other") };
  await revealOutput(ctx, { ...lease, answer });
  await submitReview(ctx, { ...submission, decision: { outcome: "ANSWERED" } });
  return true;
}

function byWeek(stream: readonly DemoOutput[]): { end: number; outputs: DemoOutput[] }[] {
  const weeks: { end: number; outputs: DemoOutput[] }[] = [];
  for (const output of stream) {
    const time = Date.parse(output.record.occurred_at);
    const current = weeks.at(-1);
    if (current && time < current.end) current.outputs.push(output);
    else weeks.push({ end: Math.floor(time / DAY_MS) * DAY_MS + 7 * DAY_MS, outputs: [output] });
  }
  return weeks;
}
