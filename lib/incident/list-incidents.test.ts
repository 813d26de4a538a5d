import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { makeCohort, makeIncident } from "@/lib/testing/make-monitor";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { acknowledgeIncident } from "./acknowledge-incident";
import { listBreakers } from "./breaker-queries";
import { readIncidentOutputs } from "./incident-outputs";
import { listIncidents } from "./queries";
import { incidentQuerySchema } from "./schema";

const { db, pool } = await testDatabase();
const NOW = new Date("2026-04-01T08:00:00Z");
const at = (minute: number) => new Date(Date.UTC(2026, 2, 20, 0, minute));

/** Reads on from each `next` to the end, and lets something happen after every page. */
async function walk<T extends { next: string | null }>(
  read: (after: string | undefined) => Promise<T>,
  meanwhile: (page: number) => Promise<unknown>,
): Promise<T[]> {
  const pages = [await read(undefined)];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) {
    await meanwhile(pages.length);
    pages.push(await read(next));
    if (pages.length > 20) throw new Error("The pages do not end.");
  }
  return pages;
}

test("incidents are met once each in both orders, also while others open and some are taken up", async () => {
  for (const sort of ["urgency", "newest"] as const) {
    const { project } = await makeSampledProject(db);
    const ctx = contextFor(db, project, undefined, NOW);
    const make = (minute: number, value: string, resolved = false) =>
      makeIncident(db, project, {
        value,
        openedAt: at(minute),
        ...(resolved ? { state: "RESOLVED", resolvedAt: at(minute + 1), resolvedSequence: 13 } : {}),
      });
    const there: string[] = [];
    // Two of a minute, so that the id has to settle the tie.
    for (let each = 0; each < 9; each += 1)
      there.push(await make(Math.floor(each / 2), `v${each}`, each % 3 === 0));
    const pages = await walk(
      (after) => listIncidents(ctx, incidentQuerySchema.parse({ sort, limit: 2, after })),
      async (page) => {
        await make(100 + page, `later ${page}`);
        if (sort === "newest" && page === 1) await acknowledgeIncident(ctx, there[4] ?? "", {});
      },
    );
    const seen = pages.flatMap(({ incidents }) => incidents.map(({ id }) => id));
    expect(seen).toHaveLength(9);
    expect(new Set(seen)).toEqual(new Set(there));
    const newestFirst = pages.flatMap(({ incidents }) => incidents.map(({ opened_at: opened }) => opened));
    if (sort === "newest") expect(newestFirst).toEqual([...newestFirst].sort().reverse());
    else expect(pages.at(-1)?.incidents.every(({ standing }) => standing === "resolved")).toBe(true);
    const other = pages[0]?.next ?? "";
    const swapped = sort === "newest" ? "urgency" : "newest";
    await expect(
      listIncidents(ctx, incidentQuerySchema.parse({ sort: swapped, after: other })),
    ).rejects.toMatchObject({ code: "INVALID" });
  }
});

test("the outputs behind an incident are met once each, in the order of its page, while a day is added", async () => {
  const sampled = await makeSampledProject(db);
  const ctx = contextFor(db, sampled.project, undefined, NOW);
  const day = async (number: number) => {
    const ids = await storeOutputs(
      { db, pool },
      sampled,
      Array.from({ length: 6 }, (_, each) => ({
        externalId: `${number}-${each}`,
        instant: new Date(Date.UTC(2026, 2, number, 12)),
        segments: { device: "ios" },
      })),
    );
    const scores = [0, 1, null, 0.25, 0, 1];
    await makeCohort(
      db,
      sampled.project,
      ids.map((outputId, each) => ({ outputId, score: scores[each] ?? null, inclusionProbability: 0.3 })),
    );
    return ids;
  };
  const there = [...(await day(12)), ...(await day(13)), ...(await day(14))];
  const id = await makeIncident(db, sampled.project, { changeDay: new Date("2026-03-12") });
  const whole = await readIncidentOutputs(ctx, id, { show: "all", page: 1, limit: 200 }, false);
  const pages = await walk(
    async (after) => {
      const page = await readIncidentOutputs(
        ctx,
        id,
        { show: "all", page: 1, limit: 5, ...(after ? { after } : {}) },
        false,
      );
      if (!page) throw new Error("There is no such incident.");
      return page;
    },
    async (page) => (page === 2 ? day(15) : null),
  );
  const seen = pages.flatMap(({ outputs }) => outputs.map((output) => output.id));
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((each) => there.includes(each))).toEqual(whole?.outputs.map((output) => output.id));
  // Of the day that came in the middle only what lies further on in the order is met.
  expect(seen.length).toBeGreaterThan(there.length);
  await expect(
    readIncidentOutputs(ctx, id, { show: "all", page: 1, after: "garbage" }, false),
  ).rejects.toMatchObject({ code: "INVALID" });
});

test("breakers are met once each, the open ones first", async () => {
  const { project } = await makeSampledProject(db);
  const ctx = contextFor(db, project, undefined, NOW);
  const make = async (minute: number, closed: boolean) => {
    const id = newId();
    await db.contractBreaker.create({
      data: {
        projectId: project.id,
        id,
        episodeId: id,
        code: `CODE_${minute}_${closed}`,
        version: 1,
        openedAt: at(minute),
        since: at(minute),
        records: 200,
        hits: 90,
        expected: 0.01,
        paths: [],
        ...(closed ? { closedAt: at(minute + 1), closedHow: "fell_back" } : {}),
      },
    });
    return id;
  };
  const there: string[] = [];
  for (let each = 0; each < 7; each += 1) there.push(await make(each, each % 2 === 0));
  const pages = await walk(
    (after) => listBreakers(ctx, { limit: 3, ...(after ? { after } : {}) }),
    (page) => make(50 + page, false),
  );
  const seen = pages.flatMap(({ breakers }) => breakers);
  expect(seen.map(({ id }) => id)).toHaveLength(7);
  expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(there));
  expect(seen.map(({ closed_at: closed }) => closed === null)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
