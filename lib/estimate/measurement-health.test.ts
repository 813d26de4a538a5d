import { beforeAll, describe, expect, it } from "vitest";

import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { contextFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";

import { measurementHealth } from "./measurement-health";

const { db } = await testDatabase();

// Wednesday noon; in Berlin the week began on Sunday at 23:00 UTC.
const NOW = new Date("2026-03-11T12:00:00Z");
let queue: ReviewQueue;

async function review(
  item: number,
  at: string,
  revision = 1,
  outcome: "ANSWERED" | "SKIPPED" | "UNDONE" = "ANSWERED",
) {
  const projectId = queue.project.id;
  const slot = await db.reviewSlot.findFirstOrThrow({
    where: { projectId, output: { externalId: `item-${item}` } },
  });
  const reviewerId = queue.reviewers[item % 2]?.id ?? "";
  await db.review.create({
    data: {
      projectId,
      id: newId(),
      outputId: slot.outputId,
      slotId: slot.id,
      reviewerId,
      revision,
      outcome,
      primary: true,
      answerSchemaId: queue.formId,
      ...(outcome === "ANSWERED"
        ? {
            answer: { label: "yes" },
            verdict: "CORRECT",
            score: 1,
            computedVerdict: "CORRECT",
            computedScore: 1,
          }
        : outcome === "SKIPPED"
          ? { reason: "not mine" }
          : {}),
      submissionKey: newId(),
      submittedAt: new Date(at),
    },
  });
}

beforeAll(async () => {
  const items = Array.from({ length: 6 }, () => ({ input: {}, output: { label: "yes" } }));
  queue = await makeReviewQueue(db, { items, reviewers: 2, project: { timeZone: "Europe/Berlin" } });
  await review(0, "2026-03-08T23:30:00Z");
  await review(1, "2026-03-10T08:00:00Z");
  await review(2, "2026-03-08T22:30:00Z");
  await review(3, "2026-03-10T09:00:00Z");
  await review(3, "2026-03-10T09:01:00Z", 2, "UNDONE");
  await review(4, "2026-03-10T09:05:00Z", 1, "SKIPPED");
  await review(5, "2026-02-20T09:00:00Z");
});

describe("measurementHealth", () => {
  const health = () => measurementHealth(contextFor(db, queue.project, undefined, NOW));
  it("counts the outputs judged in this and the last week of the project's zone, without what was taken back", async () => {
    expect(await health()).toMatchObject({ reviewsThisWeek: 2, reviewsLastWeek: 1, reviewsPerWeek: 100 });
  });
  it("says what waits and what is there", async () => {
    const found = await health();
    expect(found).toMatchObject({ waiting: 6, answerForms: 1, reviewers: 2, keys: 0 });
    expect(found.lastReceivedAt).toBeInstanceOf(Date);
  });
  it("knows an empty project, and nothing of the others", async () => {
    const project = await makeProject(db);
    await makePerson(db, { project, role: "VIEWER" });
    expect(await measurementHealth(contextFor(db, project, undefined, NOW))).toEqual({
      keys: 0,
      answerForms: 0,
      reviewers: 0,
      lastReceivedAt: null,
      reviewsPerWeek: null,
      reviewsThisWeek: 0,
      reviewsLastWeek: 0,
      waiting: 0,
    });
  });
});
