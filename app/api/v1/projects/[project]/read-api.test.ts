import { expect, test } from "vitest";
import { makeKey } from "@/app/_boundary/access/world";
import type { RouteHandler } from "@/app/_boundary/route";
import { newId } from "@/lib/core/id";
import { readDayFlows } from "@/lib/drift/flow-queries";
import { lastDays } from "@/lib/estimate/last-days";
import { measurementHealth } from "@/lib/estimate/measurement-health";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { segmentTable } from "@/lib/estimate/segment-table";
import { readHeldGroups } from "@/lib/ingest/held-groups";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { workQueue } from "@/lib/testing/judge-samples";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";

const { db, pool } = await testDatabase();
const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 140, expectedPerDay: 40 } });
const { project, sourceId } = sampled;
const today = new Date();
const at = (daysAgo: number) => new Date(today.getTime() - daysAgo * 86_400_000);
await storeOutputs(
  { db, pool },
  sampled,
  Array.from({ length: 240 }, (_, i) => ({
    externalId: `o${i}`,
    instant: at(3 + (i % 6)),
    input: { text: "CANARY-PAYLOAD" },
    segments: { country: i % 3 === 0 ? "fr" : "de" },
  })),
);
await closeEpochs(db, project.id, "RECORDED", today);
await workQueue(db, project.id, 80, (id) => (Number(id.slice(1)) % 5 === 0 ? 0 : 1));
await refreshEstimate(db, project.id);
await db.quarantine.create({
  data: {
    projectId: project.id,
    id: newId(),
    sourceId,
    receivedAt: today,
    reasons: [{ code: "PARSE_INVALID_JSON", path: "", observed: "CANARY-PAYLOAD" }],
    firstCode: "PARSE_INVALID_JSON",
    raw: new Uint8Array([1]),
    rawLength: 1,
    rawHash: new Uint8Array(32),
  },
});
const counts = {
  received: 7n,
  accepted: 4n,
  flagged: 0n,
  duplicates: 1n,
  conflicts: 0n,
  quarantined: 1n,
  refused: 1n,
};
await db.ledgerHour.create({
  data: {
    projectId: project.id,
    sourceId,
    hour: new Date(Math.floor(today.getTime() / 3_600_000) * 3_600_000),
    ...counts,
  },
});
const { headers } = await makeKey(db, { project, sourceId }, "read");
const ctx = contextFor(db, project, undefined, today);

async function read(route: string, query = ""): Promise<Record<string, unknown>> {
  const { GET } = (await import(`./${route}/route`)) as { GET: RouteHandler };
  const request = new Request(`http://localhost/api/v1/projects/${project.slug}/${route}${query}`, {
    headers,
  });
  const answer = await GET(request, { params: Promise.resolve({ project: project.slug }) });
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  expect(text).not.toContain("CANARY");
  return JSON.parse(text) as Record<string, unknown>;
}

test("a read key gets the numbers of the pages: segments, measurement, ledger, quarantine", async () => {
  const table = await segmentTable(ctx, await lastDays(ctx, 30));
  expect(table.rows).toHaveLength(2);
  expect(table.overall.estimate?.n ?? 0).toBeGreaterThan(20);
  expect(await read("segments")).toEqual(JSON.parse(JSON.stringify(table)));

  const health = await measurementHealth(ctx);
  expect(await read("measurement")).toMatchObject({
    last_received_at: health.lastReceivedAt?.toISOString(),
    reviews_per_week: health.reviewsPerWeek,
    waiting: health.waiting,
  });

  const [flow] = await readDayFlows(ctx, 30);
  expect(flow).toMatchObject({ accepted: 4, quarantined: 1 });
  expect(await read("ledger")).toMatchObject({
    days: [
      { day: flow?.day, accepted: 4, flagged: 0, duplicates: 1, conflicts: 0, quarantined: 1, rejected: 1 },
    ],
    reasons: [{ code: "PARSE_INVALID_JSON", held: true, records: 1 }],
    sources: [{ id: sourceId, received_in_seven_days: 7 }],
  });

  const [group] = await readHeldGroups(ctx);
  expect(await read("quarantine")).toMatchObject({
    held: 1,
    groups: [{ code: group?.code, records: group?.records, first_at: group?.first.toISOString() }],
    settled: { replayed: 0, accepted: 0, discarded: 0 },
  });
});

test("what there is not yet is null, and what cannot be asked says why", async () => {
  expect(await read("drift")).toEqual({ drift: null });
  expect(await read("contract/in-force")).toEqual({ contract: null });
  const { GET } = (await import("./segments/route")) as { GET: RouteHandler };
  const request = new Request(`http://localhost/api/v1/projects/${project.slug}/segments?from=2026-03-02`, {
    headers,
  });
  const answer = await GET(request, { params: Promise.resolve({ project: project.slug }) });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ fields: { to: "Give both days, the earlier one as from." } });
});
