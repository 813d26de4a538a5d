import { describe, expect, it } from "vitest";
import { contractDefinitionSchema } from "@/lib/contract/schema";
import { testDatabase } from "@/lib/testing/database";
import { contextFor, makeProject } from "@/lib/testing/make-project";
import { keepSample } from "./keep-sample";
import { readStart } from "./queries";
import { settleStep } from "./settle-step";

const { db } = await testDatabase();

const RECORD = '{"input":{"text":"Please pay"},"output":{"label":"invoice","total":9007199254740991}}';

async function startOf() {
  const project = await makeProject(db);
  await db.samplingPlan.create({
    data: { projectId: project.id, id: project.id, version: 1, reviewsPerWeek: 100, expectedPerDay: 10 },
  });
  return contextFor(db, project);
}

describe("a pasted sample", () => {
  it("is kept as it is, and drafts a contract that judges nothing", async () => {
    const ctx = await startOf();
    const understood = await keepSample(ctx, RECORD);
    expect(understood).toMatchObject({ records: 1, questions: ["Label", "Total"] });
    const { sample } = await readStart(ctx);
    expect(sample).toEqual([JSON.parse(RECORD)]);
    const draft = await db.contractDraft.findUniqueOrThrow({ where: { projectId: ctx.project.id } });
    expect(draft).toMatchObject({ state: "READY", records: 1, pilotRecords: 0, rates: null });
    expect(contractDefinitionSchema.parse(draft.definition).rules.length).toBe(understood.rules);
    expect(await db.contract.count({ where: { projectId: ctx.project.id } })).toBe(0);
  });

  it("is refused with the place where it breaks, and what was kept before stays", async () => {
    const ctx = await startOf();
    await keepSample(ctx, RECORD);
    await expect(keepSample(ctx, '{"a":1,\n"b" 2}')).rejects.toMatchObject({
      code: "INVALID",
      details: { fields: { text: expect.stringContaining("Line 2, column 5") } },
    });
    expect((await readStart(ctx)).sample).toHaveLength(1);
  });

  it("never replaces what was read off the pilot", async () => {
    const ctx = await startOf();
    const { id: projectId } = ctx.project;
    await keepSample(ctx, RECORD);
    const ofPilot = { pilotRecords: 300, records: 300, definition: { rules: [] } };
    await db.contractDraft.update({ where: { projectId }, data: ofPilot });
    await keepSample(ctx, RECORD);
    const draft = await db.contractDraft.findUniqueOrThrow({ where: { projectId } });
    expect(draft).toMatchObject(ofPilot);
  });
});

describe("a step of the set-up", () => {
  it("is left out and taken up again, whatever else happens at the same moment", async () => {
    const ctx = await startOf();
    expect((await readStart(ctx)).settled).toEqual(new Set());
    await Promise.all([
      settleStep(ctx, { step: "people", settled: true }),
      settleStep(ctx, { step: "plan", settled: true }),
      settleStep(ctx, { step: "plan", settled: true }),
    ]);
    expect((await readStart(ctx)).settled).toEqual(new Set(["people", "plan"]));
    await settleStep(ctx, { step: "plan", settled: false });
    expect((await readStart(ctx)).settled).toEqual(new Set(["people"]));
  });
});
