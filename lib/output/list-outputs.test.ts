import { beforeAll, describe, expect, it } from "vitest";

import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { OTHER_VALUE } from "@/lib/core/segment-value";
import { Prisma } from "@/lib/db/generated/client";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { testDatabase } from "@/lib/testing/database";
import { contextFor, makePerson } from "@/lib/testing/make-project";
import {
  makeSampledProject,
  type SampledProject,
  type StoredOutput,
  storeOutputs,
} from "@/lib/testing/store-outputs";

import { outputFilterOptions } from "./filter-options";
import { listOutputs, pageOf } from "./list-outputs";
import { matchingOutputIds, outputIdOf } from "./matching-ids";
import type { PagePosition } from "./page-position";
import { readOutput } from "./read-output";
import { lookEnd, readOutputs, searchOf } from "./read-outputs";
import {
  type OutputFilter,
  type OutputPage,
  outputDetailSchema,
  outputPageSchema,
  outputQuerySchema,
} from "./schema";

const database = await testDatabase();
const { db } = database;

let ctx: Ctx;
let foreign: Ctx;
let noted: SampledProject;
let ids: string[];

const DEVICES = ["ios", "android", "a=b"];

/** 60 outputs; every five share one instant, so that only the id settles their order. */
function outputsOf(prefix: string): StoredOutput[] {
  return Array.from({ length: 60 }, (_, index) => ({
    externalId: `${prefix}-${String(index).padStart(3, "0")}`,
    instant: new Date(Date.parse("2026-03-01T09:00:00.000Z") + Math.floor(index / 5) * 6 * 3_600_000),
    segments: { device: DEVICES[index % 3] ?? "", country: "de" },
    flagged: index % 10 === 0,
    ...(index < 5 ? { phase: "PILOT" as const } : {}),
  }));
}

beforeAll(async () => {
  const plan = { reviewsPerWeek: 500, expectedPerDay: 5 };
  const [own, other] = [await makeSampledProject(db, { plan }), await makeSampledProject(db, { plan })];
  noted = await makeSampledProject(db, { plan });
  ids = await storeOutputs(database, own, outputsOf("own"));
  await storeOutputs(database, other, outputsOf("foreign"));
  ctx = contextFor(db, own.project);
  foreign = contextFor(db, other.project);
  // Ten are judged; the two with the largest random numbers lie beyond what may be counted.
  const judged = await db.sample.findMany({
    where: { projectId: own.project.id },
    orderBy: { randomNumber: "asc" },
    take: 10,
  });
  for (const [at, sample] of judged.entries()) {
    const verdict = at % 4 === 0 ? ("INCORRECT" as const) : ("CORRECT" as const);
    await db.sample.update({
      where: { projectId_outputId: { projectId: sample.projectId, outputId: sample.outputId } },
      data: {
        state: "SETTLED",
        verdict,
        score: verdict === "CORRECT" ? 1 : 0,
        settledBy: "review",
        settledAt: new Date(),
      },
    });
  }
  const limit = judged[8]?.randomNumber ?? 0;
  await db.stratumEpoch.updateMany({ where: { projectId: own.project.id }, data: { effectiveRate: limit } });
});

const list = (query: Record<string, unknown> = {}, withPayload = true) =>
  listOutputs(ctx, outputQuerySchema.parse(query), withPayload);

async function walk(query: Record<string, unknown>): Promise<OutputPage[]> {
  const pages = [await list(query)];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
    pages.push(await list({ ...query, after: next }));
    if (pages.length > 30) throw new Error("The pages do not end.");
  }
  return pages;
}

it("finds those whose value is counted together with others, and those whose is not", async () => {
  const { project, ...own } = await makeSampledProject(db);
  const instant = new Date("2026-03-01T09:00:00Z");
  await storeOutputs(database, { project, ...own }, [
    { externalId: "busy", instant, segments: { customer: "often" } },
    { externalId: "rare", instant, segments: { customer: "once" } },
    { externalId: "without", instant },
  ]);
  await foldCounts(db, project.id);
  // As in an epoch with more values than are counted by themselves.
  await db.populationCount.updateMany({
    where: { projectId: project.id, value: "once" },
    data: { value: OTHER_VALUE },
  });
  const found = async (query: Record<string, unknown>) =>
    (
      await listOutputs(contextFor(db, project), outputQuerySchema.parse({ ...query, sort: "id" }), false)
    ).outputs.map((output) => output.external_id);
  expect(await found({ segment: [`customer=${OTHER_VALUE}`] })).toEqual(["rare"]);
  expect(await found({ not: [`segment.customer=${OTHER_VALUE}`] })).toEqual(["busy", "without"]);
  expect(await found({ segment: ["customer=once"] })).toEqual(["rare"]);
});

describe("paging", () => {
  it.each(["newest", "oldest", "id"])("reaches every output exactly once, by %s", async (sort) => {
    const pages = await walk({ sort, limit: 7 });
    const seen = pages.flatMap((page) => page.outputs.map((output) => output.id));
    expect(pages).toHaveLength(9);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(60);
    expect(pages.map((page) => outputPageSchema.safeParse(page).success)).not.toContain(false);
  });
  it("goes back to the very pages that it came from", async () => {
    const pages = await walk({ limit: 7 });
    let previous = pages.at(-1)?.previous;
    for (const page of pages.slice(0, -1).reverse()) {
      const back = await list({ limit: 7, before: previous });
      expect(back.outputs.map((output) => output.id)).toEqual(page.outputs.map((output) => output.id));
      previous = back.previous;
    }
    expect(previous).toBeNull();
  });
  it("sorts as asked", async () => {
    const newest = await list({ limit: 60 });
    const times = newest.outputs.map((output) => output.occurred_at);
    expect(times).toEqual([...times].sort().reverse());
    const byId = (await list({ limit: 60, sort: "id" })).outputs.map((output) => output.external_id);
    expect(byId).toEqual([...byId].sort());
  });
  it.each(["garbage", Buffer.from('["x",1]').toString("base64url")])(
    "refuses the damaged address %s",
    async (after) => {
      await expect(list({ after })).rejects.toMatchObject({ code: "INVALID" });
    },
  );
  it("refuses an address of another order instead of failing in the database", async () => {
    const byId = await list({ sort: "id", limit: 5 });
    await expect(list({ sort: "newest", after: byId.next })).rejects.toMatchObject({ code: "INVALID" });
  });
});

describe("filters", () => {
  const matching = async (query: Record<string, unknown>) => {
    const page = await list({ ...query, limit: 200 });
    expect(page.matching).toBe(page.outputs.length);
    return page.outputs;
  };
  it("finds a segment, also with an equals sign in its value, and several at once", async () => {
    const odd = await matching({ segment: "device=a=b" });
    expect(odd.map((output) => output.segments.device)).toEqual(Array(20).fill("a=b"));
    expect(await matching({ segment: ["device=ios", "country=de"] })).toHaveLength(20);
    expect(await matching({ segment: ["device=ios", "country=fr"] })).toHaveLength(0);
  });
  it("takes both days of a period", async () => {
    const days = (await matching({ from: "2026-03-02", to: "2026-03-03" })).map((output) =>
      output.occurred_at.slice(0, 10),
    );
    expect(days).toHaveLength(40);
    expect(new Set(days)).toEqual(new Set(["2026-03-02", "2026-03-03"]));
  });
  it("knows flags, phases and the beginning of an id", async () => {
    expect(await matching({ flag: "yes" })).toHaveLength(6);
    expect(await matching({ flag: "no" })).toHaveLength(54);
    expect(await matching({ flag: "test" })).toHaveLength(6);
    expect(await matching({ flag: "other" })).toHaveLength(0);
    expect(await matching({ phase: "pilot" })).toHaveLength(5);
    expect((await matching({ id: "own-00" })).map((output) => output.external_id)).toHaveLength(10);
    expect(await matching({ id: "%" })).toHaveLength(0);
  });
  it("keeps judged outputs beyond the counted share apart", async () => {
    const counted = await matching({ reviewed: "yes" });
    expect(counted).toHaveLength(8);
    expect(counted.every((output) => output.state === "counted" && output.score !== null)).toBe(true);
    expect(await matching({ state: "surplus" })).toHaveLength(2);
    expect(await matching({ reviewed: "no" })).toHaveLength(52);
    const wrong = await matching({ verdict: "incorrect" });
    expect(wrong.every((output) => output.verdict === "incorrect")).toBe(true);
    expect(wrong).toHaveLength(3);
  });
  it("gives the ids of the newest that match, so that they can be picked", async () => {
    const ios = await matching({ segment: "device=ios" });
    const found = await matchingOutputIds(ctx, { segment: ["device=ios"] }, { limit: 7, withPayload: true });
    expect(found).toEqual({ ids: ios.slice(0, 7).map((output) => output.id), matching: 20 });
    const none = await matchingOutputIds(foreign, { id: "own-" }, { limit: 7, withPayload: true });
    expect(none).toEqual({ ids: [], matching: 0 });
    expect(await outputIdOf(ctx, "own-003")).toBe(ids[3]);
    expect(await outputIdOf(foreign, "own-003")).toBeNull();
  });

  it("leaves out what must not hold, also where nothing is said", async () => {
    expect(await matching({ not: "segment.device=ios" })).toHaveLength(40);
    expect(await matching({ not: ["segment.device=ios", "segment.device=a=b"] })).toHaveLength(20);
    expect(await matching({ not: "segment.colour=red" })).toHaveLength(60);
    expect(await matching({ not: "flag=test" })).toHaveLength(54);
    expect(await matching({ not: "state=counted" })).toHaveLength(52);
    expect(await matching({ not: "verdict=incorrect" })).toHaveLength(57);
    expect(await matching({ not: "version=1" })).toHaveLength(60);
    expect(await matching({ not: "reviewer=Nobody" })).toHaveLength(60);
    for (const not of ["state=lost", "phase=pilot", "segment.=x", "verdict=CORRECT"])
      expect(outputQuerySchema.safeParse({ not }).success).toBe(false);
  });
  it("finds who judged it, however the name is spelt", async () => {
    const person = await makePerson(db, { name: "Anna Lee" });
    const projectId = ctx.project.id;
    const form = await db.answerSchema.create({
      data: { projectId, id: newId(), version: 1, definition: {}, instructions: "" },
    });
    const slot = await db.reviewSlot.findFirstOrThrow({ where: { projectId } });
    await db.review.create({
      data: {
        projectId,
        id: newId(),
        outputId: slot.outputId,
        slotId: slot.id,
        reviewerId: person.id,
        submissionKey: newId(),
        revision: 1,
        outcome: "ANSWERED",
        primary: true,
        verdict: "CORRECT",
        computedVerdict: "CORRECT",
        score: 1,
        answer: {},
        answerSchemaId: form.id,
      },
    });
    expect((await matching({ reviewer: "anna lee" })).map((output) => output.id)).toEqual([slot.outputId]);
    expect(await matching({ not: "reviewer=Anna Lee" })).toHaveLength(59);
    expect(await matching({ reviewer: "anna" })).toHaveLength(0);
  });
  it("finds texts in id, input and output, and never takes a letter for a pattern", async () => {
    const note = 'He said "50%"\nand C:\\temp_x left';
    const instant = new Date("2026-02-01T09:00:00.000Z");
    const [first = ""] = await storeOutputs(database, noted, [
      { externalId: "odd-000", instant, input: { note } },
    ]);
    const ctx = contextFor(db, noted.project);
    const find = async (query: Record<string, unknown>, withPayload = true) =>
      (await listOutputs(ctx, outputQuerySchema.parse(query), withPayload)).outputs.map(
        (output) => output.id,
      );
    for (const text of ["he SAID", '"50%"', 'said "50%"\nand', "C:\\temp_x", "odd-000"])
      expect(await find({ text })).toEqual([first]);
    expect(await find({ text: ["said", "odd-000"] })).toEqual([first]);
    for (const text of ["50_", "tempxx", "%said", "odd%0"]) expect(await find({ text })).toEqual([]);
    expect(await find({ text: "said" }, false)).toEqual([]);
    expect(await find({ text: "ODD-000" }, false)).toEqual([first]);
  });

  it("refuses what it does not know", () => {
    expect(outputQuerySchema.safeParse({ segment: "device" }).success).toBe(false);
    expect(outputQuerySchema.safeParse({ limit: 1000 }).success).toBe(false);
    expect(outputQuerySchema.safeParse({ where: "1=1" }).success).toBe(false);
  });
});

describe("a filter that finds little", () => {
  const searchFor = (filter: OutputFilter) => searchOf(ctx, filter, { sort: "newest", withPayload: true });
  it("is looked for in a part of the outputs at a time, and in all of them in the end", async () => {
    const search = { ...(await searchFor({ segment: ["device=ios"] })), most: 7 };
    const reading = { columns: Prisma.sql`o.day`, backwards: false, limit: 100 };
    const seen: string[] = [];
    let looks = 0;
    for (let cursor: PagePosition | null = null; ; looks += 1) {
      seen.push(...(await readOutputs(ctx, search, { ...reading, cursor })).map((row) => row.id));
      cursor = await lookEnd(ctx, search, { cursor, backwards: false });
      if (!cursor) break;
    }
    expect(looks).toBe(8);
    expect(seen).toEqual(
      (await list({ segment: "device=ios", limit: 60 })).outputs.map((output) => output.id),
    );
  });
  it("says where it stopped, and goes on from there", async () => {
    const search = { ...(await searchFor({ segment: ["device=ios"], phase: "pilot" })), most: 7 };
    const first = await pageOf(ctx, search, { limit: 5 });
    expect(first).toMatchObject({
      outputs: [],
      matching: 0,
      previous: null,
      stopped_at: { looked_at: 7, occurred_at: "2026-03-03T21:00:00.000000Z" },
    });
    const found = [first];
    for (let next = first.next; next; next = found.at(-1)?.next ?? null)
      found.push(await pageOf(ctx, search, { after: next, limit: 5 }));
    expect(found.flatMap((page) => page.outputs.map((output) => output.external_id))).toEqual([
      "own-003",
      "own-000",
    ]);
    expect(found.at(-1)?.stopped_at).toBeNull();
    expect(found.every((page) => outputPageSchema.safeParse(page).success)).toBe(true);
  });
  it("is looked for everywhere at once where an index knows the few that there are", async () => {
    expect((await searchFor({ flag: "test" })).ids).toHaveLength(6);
    expect((await searchFor({ id: "own-00" })).ids).toHaveLength(10);
    expect((await searchFor({ state: "surplus" })).ids).toHaveLength(2);
    expect((await searchFor({ segment: ["device=ios"] })).ids).toBeNull();
  });
});

describe("what the filter suggests", () => {
  it("is what the project has, with how often, before any estimate is made", async () => {
    const options = await outputFilterOptions(ctx);
    expect(options.segments).toEqual([
      { attribute: "country", value: "de", count: 60 },
      { attribute: "device", value: "a=b", count: 20 },
      { attribute: "device", value: "android", count: 20 },
      { attribute: "device", value: "ios", count: 20 },
    ]);
    expect(options.flags).toEqual([{ value: "test", count: 6 }]);
    expect(options.versions).toEqual([]);
    expect((await outputFilterOptions(foreign)).reviewers).toEqual([]);
  });
  it("names reviewers with their reviews, and versions that were live", async () => {
    const projectId = ctx.project.id;
    const liveAt = new Date("2026-03-01T00:00:00Z");
    const release = { projectId, modelName: "m", liveAt };
    await db.release.create({ data: { ...release, id: newId(), modelVersion: "7" } });
    const [reviewer] = await db.review.findMany({ where: { projectId } });
    await db.membership.create({ data: { projectId, userId: reviewer?.reviewerId ?? "", role: "REVIEWER" } });
    const options = await outputFilterOptions(ctx);
    expect(options.reviewers).toEqual([{ value: "Anna Lee", count: 1 }]);
    expect(options.versions).toEqual([{ value: "7" }]);
  });
});

describe("what may be seen", () => {
  it("shows no payload without the permission", async () => {
    expect((await list({}, true)).outputs.every((output) => output.preview === "{}")).toBe(true);
    expect((await list({}, false)).outputs.every((output) => output.preview === null)).toBe(true);
    expect((await readOutput(ctx, ids[0] ?? "", false))?.payload).toBeNull();
  });
  it("shows nothing of another project", async () => {
    const theirs = await listOutputs(foreign, outputQuerySchema.parse({ limit: 200 }), true);
    expect(theirs.outputs.some((output) => ids.includes(output.id))).toBe(false);
    expect(await readOutput(foreign, ids[0] ?? "", true)).toBeNull();
  });
});

describe("readOutput", () => {
  it("says how many outputs a counted one stands for", async () => {
    const [counted] = (await list({ reviewed: "yes", limit: 1 })).outputs;
    const detail = outputDetailSchema.parse(await readOutput(ctx, counted?.id ?? "", true));
    expect(detail.sampling.weight).toBeCloseTo(1 / detail.sampling.effective_rate, 9);
    expect(detail.source).toEqual({ name: "test", kind: "api" });
    const [surplus] = (await list({ state: "surplus", limit: 1 })).outputs;
    expect((await readOutput(ctx, surplus?.id ?? "", true))?.sampling.weight).toBeNull();
  });
  it("leads to its neighbours in time and back", async () => {
    const { outputs } = await list({ limit: 3 });
    const middle = await readOutput(ctx, outputs[1]?.id ?? "", true);
    expect(middle?.neighbours).toEqual({ newer: outputs[0]?.id, older: outputs[2]?.id });
  });
});
