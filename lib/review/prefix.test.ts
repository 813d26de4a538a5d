import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { effectiveProbability } from "@/lib/stats/effective-probability";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { changeReviewer } from "./change-reviewer";
import { nextItem } from "./claim-slot";
import { submitReview } from "./submit-review";

const { db } = await testDatabase();
const HISTORIES = 12;
const ITEMS = 24;
const COUNTRIES = ["de", "at"];
/** What each of three people is given. */
const GIVEN = [["de"], ["at"], COUNTRIES];

/** What the queue should give: the first that is open, admitted and that this person has not had. */
interface ModelItem {
  country: string;
  state: "open" | "done" | "unsure";
  had: Set<number>;
}

async function decide(
  queue: ReviewQueue,
  reviewer: number,
  outcome: "ANSWERED" | "CANNOT_JUDGE" | "SKIPPED" | "left",
) {
  const ctx = queue.as(reviewer);
  // Whoever leaves lets the lease run out: it ends at once here.
  const item = await nextItem(ctx, outcome === "left" ? { leaseSeconds: -1 } : {});
  if (!item || outcome === "left") return item?.reference ?? null;
  await submitReview(ctx, {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision:
      outcome === "ANSWERED" ? { outcome, answer: { label: "yes" } } : { outcome, reason: "not_sure" },
  });
  return item.reference;
}

test(`${HISTORIES} random histories with limits, pauses, skips and people who leave: served in order, cut off at the first gap`, {
  timeout: 120_000,
}, async () => {
  let steps = 0;
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const random = seededRandom(seed * 104_729);
    const countries = Array.from({ length: ITEMS }, () => COUNTRIES[random() < 0.4 ? 1 : 0] ?? "de");
    const items = countries.map((country, at) => ({
      input: at,
      output: { label: "yes" },
      segments: { country },
    }));
    const queue = await makeReviewQueue(db, { items, reviewers: 3 });
    const paused = [false, false, false];
    for (const reviewer of [0, 1])
      await changeReviewer(queue.as(2), queue.reviewers[reviewer]?.id ?? "", {
        skills: { country: GIVEN[reviewer] ?? [] },
      });
    const model = countries.map((country): ModelItem => ({ country, state: "open", had: new Set() }));
    const stop = 6 + Math.floor(random() * 30);
    for (let step = 0; step < stop; step += 1) {
      const reviewer = Math.floor(random() * 3);
      if (random() < 0.15) {
        paused[reviewer] = !paused[reviewer];
        await changeReviewer(queue.as(2), queue.reviewers[reviewer]?.id ?? "", {
          paused: paused[reviewer],
        });
      }
      const draw = random();
      const outcome = draw < 0.7 ? "ANSWERED" : draw < 0.8 ? "CANNOT_JUDGE" : draw < 0.9 ? "SKIPPED" : "left";
      const next = paused[reviewer]
        ? -1
        : model.findIndex(
            (item) =>
              item.state !== "done" && GIVEN[reviewer]?.includes(item.country) && !item.had.has(reviewer),
          );
      expect(await decide(queue, reviewer, outcome)).toBe(next < 0 ? null : `item-${next}`);
      note(model[next], reviewer, outcome);
      steps += 1;
    }
    await expectCut(queue, model);
  }
  process.stdout.write(`prefix: ${HISTORIES} histories, ${steps} steps as the model says\n`);
});

function note(item: ModelItem | undefined, reviewer: number, outcome: string): void {
  if (!item || outcome === "left") return;
  item.had.add(reviewer);
  // What was handed on waits for others and counts as not to be judged until they have spoken.
  if (outcome === "SKIPPED") item.state = "unsure";
  else item.state = "done";
}

async function expectCut(queue: ReviewQueue, model: readonly ModelItem[]): Promise<void> {
  const projectId = queue.project.id;
  const marked = await db.dirtyEpoch.count({ where: { projectId } });
  await refreshEstimate(db, projectId);
  const samples = await db.sample.findMany({ where: { projectId }, orderBy: { randomNumber: "asc" } });
  const candidates = samples.map(({ randomNumber }, at) => ({
    randomNumber,
    processed: model[at]?.state !== "open",
  }));
  const { samplingProbability, usable } = effectiveProbability(0.5, candidates);
  const stratum = await db.stratumEpoch.findFirstOrThrow({ where: { projectId } });
  if (marked > 0)
    expect(stratum).toMatchObject({ effectiveRate: samplingProbability, processed: usable.length });
}
