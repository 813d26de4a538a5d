import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/core/errors";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { inferDraft } from "./infer-draft";
import { forgetFolds } from "./pilot-folds";
import { publishContract, ratesOf } from "./publish-contract";
import { contractDraft, contractVersions } from "./queries";
import { requestInference } from "./request-inference";
import { revalidateOutputs } from "./revalidate-outputs";

const { db, pool } = await testDatabase();

async function projectWithPilot(pilot: number) {
  const sampled = await makeSampledProject(db);
  const person = await makePerson(db, { project: sampled.project, role: "MANAGER" });
  const ctx = contextFor(db, sampled.project, actorFor(person), new Date("2026-03-01T00:00:00Z"));
  const output = (at: number) => ({ label: at % 3 === 0 ? "no" : "yes", score: (at % 50) / 50 });
  await storeOutputs({ db, pool }, sampled, [
    ...Array.from({ length: pilot }, (_, at) => ({
      externalId: `p${at}`,
      instant: new Date("2026-01-05T00:00:00Z"),
      phase: "PILOT" as const,
      output: output(at),
    })),
    ...Array.from({ length: 120 }, (_, at) => ({
      externalId: `o${at}`,
      instant: new Date(Date.UTC(2026, 1, 1 + Math.floor(at / 30))),
      output: at < 40 ? { label: "maybe", score: 0.5 } : output(at),
    })),
  ]);
  return { ...sampled, ctx };
}

async function openRequest(projectId: string): Promise<string> {
  return (await db.contractDraft.findUniqueOrThrow({ where: { projectId } })).requestId;
}

describe("from a pilot to a contract", () => {
  it("a job makes rules with their rates; a manager publishes them; the past can be asked", async () => {
    const { ctx, project } = await projectWithPilot(400);
    await requestInference(ctx);
    expect(await contractDraft(ctx)).toMatchObject({ state: "WAITING", definition: null });
    const requestId = await openRequest(project.id);
    await inferDraft(ctx, requestId);
    const draft = await contractDraft(ctx);
    expect(draft).toMatchObject({
      state: "READY",
      records: 400,
      pilotRecords: 400,
      rates: { records: 400, quarantined: 0 },
    });
    const definition = draft?.definition ?? { rules: [] };
    expect(definition.rules.find(({ rule }) => rule === "labels")).toMatchObject({ values: ["no", "yes"] });
    // Run twice, as jobs may be: nothing changes.
    await inferDraft(ctx, requestId);
    expect(await contractDraft(ctx)).toEqual(draft);

    const published = await publishContract(ctx, { definition, note: "First", baseVersion: 0 });
    expect(published).toMatchObject({ version: 1, basedOn: null, rates: { records: 400 } });
    await expect(publishContract(ctx, { definition, note: "", baseVersion: 0 })).rejects.toThrow(AppError);
    expect(await contractVersions(ctx)).toMatchObject([
      { version: 1, note: "First", rates: published.rates },
    ]);

    const past = await revalidateOutputs(ctx, definition);
    expect(past).toMatchObject({ records: 120, quarantined: 40 / 120, flagged_then: 0 });
    expect(past.by_rule[0]).toMatchObject({ code: "VALUE_UNSEEN_LABEL", path: "/output/label", records: 40 });
    expect(past.findings).toMatchObject([
      { code: "W_UNSEEN_RATE", path: "/output/label", values: ["maybe"] },
    ]);
    expect(await db.output.count({ where: { projectId: project.id, contractVersion: { not: null } } })).toBe(
      0,
    );
  });

  it("an older request's answer is dropped, and too small a pilot says so", async () => {
    const { ctx, project } = await projectWithPilot(12);
    await requestInference(ctx);
    const first = await openRequest(project.id);
    await requestInference(ctx);
    await inferDraft(ctx, first);
    expect(await contractDraft(ctx)).toMatchObject({ state: "WAITING" });
    await inferDraft(ctx, await openRequest(project.id));
    expect(await contractDraft(ctx)).toMatchObject({
      state: "FAILED",
      problem: "Rules need at least 30 pilot outputs; there are 12.",
    });
  });

  it("without a pilot there are no rates, and nothing is promised", async () => {
    const { ctx, project } = await projectWithPilot(0);
    forgetFolds(project.id);
    expect(await ratesOf(ctx, { rules: [] })).toBeNull();
    expect(await publishContract(ctx, { definition: { rules: [] }, note: "", baseVersion: 0 })).toMatchObject(
      { rates: null },
    );
  });
});
