import { expect, it } from "vitest";
import { makeSendingProject, serveDoors } from "@/lib/ingest/testing/open-ingest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { countInputs } from "./count-inputs";
import { freezeInputBaseline } from "./freeze-input-baseline";
import { FAULTS, madeClaim } from "./testing/made-claims";

const { db } = await testDatabase();
const send = await serveDoors();

function record(id: string, random: () => number, spoil?: (typeof FAULTS)[string]) {
  const { input, output, confidence } = madeClaim(random, spoil);
  return { id, occurred_at: "2026-03-02T10:00:00Z", input, output, confidence };
}

it("flags unusual outputs as they come in, with what makes them so, and draws them more often", {
  timeout: 60_000,
}, async () => {
  const random = seededRandom(71);
  const { project, token } = await makeSendingProject(db, { recorded: true });
  const pilot = Array.from({ length: 400 }, (_, at) => ({ ...record(`p${at}`, random), phase: "pilot" }));
  expect((await send({ batch: pilot }, { token })).body).toMatchObject({ accepted: 400, flagged: 0 });
  await freezeInputBaseline(db, project.id);
  const fine = Array.from({ length: 300 }, (_, at) => record(`f${at}`, random));
  const broken = Array.from({ length: 20 }, (_, at) =>
    record(`b${at}`, random, FAULTS["text in a wrong encoding"]),
  );
  const { body } = await send({ batch: [...fine, ...broken] }, { token });
  const flagged = (body.results ?? []).filter(({ status }) => status === "flagged");
  const isBroken = ({ id }: Record<string, unknown>) => String(id).startsWith("b");
  expect(flagged.filter(isBroken).length).toBeGreaterThanOrEqual(16);
  expect(flagged.filter((each) => !isBroken(each)).length).toBeLessThanOrEqual(9);
  expect(flagged.find(isBroken)?.reasons).toContainEqual(
    expect.objectContaining({ code: "OOD_LOW_TYPICALITY" }),
  );
  const stored = await db.output.findMany({
    where: { projectId: project.id, flags: { has: "OOD_LOW_TYPICALITY" } },
  });
  expect(stored).toHaveLength(flagged.length);
  const strata = await db.stratum.findMany({ where: { projectId: project.id, flagged: true } });
  expect(strata.map(({ id }) => id)).toContain(stored[0]?.stratumId);
  await countInputs(db, project.id);
  expect(await db.unusualOutput.count({ where: { projectId: project.id } })).toBe(flagged.length);
});
