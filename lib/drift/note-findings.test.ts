import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { makeSampledProject, storeOutputs, type StoredOutput } from "@/lib/testing/store-outputs";
import { countInputs } from "./count-inputs";
import { freezeInputBaseline } from "./freeze-input-baseline";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;
const START = Date.parse("2026-03-01T12:00:00Z");
const PER_DAY = 60;

/** Days of outputs from a day on; "new" answers never came in the pilot. */
function days(
  seed: number,
  from: number,
  count: number,
  answers: readonly string[],
  perDay = PER_DAY,
): StoredOutput[] {
  const random = seededRandom(seed);
  return Array.from({ length: count * perDay }, (_, at) => ({
    externalId: `o-${seed}-${at}`,
    instant: new Date(START + (from + Math.floor(at / perDay)) * DAY_MS + at),
    phase: from < 0 ? ("PILOT" as const) : ("PRODUCTION" as const),
    output: { kind: answers[Math.floor(answers.length * random())], pages: Math.ceil(8 * random() ** 2) },
  }));
}

const USUAL = ["bill", "letter", "form"];
const MOVED = ["bill", "new", "new"];

async function project() {
  const made = await makeSampledProject(db);
  const projectId = made.project.id;
  const send = (outputs: StoredOutput[]) => storeOutputs({ db, pool }, made, outputs);
  await send(days(1, -2, 2, USUAL, 300));
  await send(days(2, 0, 4, USUAL));
  await countInputs(db, projectId);
  const kinds = await kindOf(projectId);
  const notes = async () => {
    const rows = await db.driftFinding.findMany({
      where: { projectId, feature: kinds },
      orderBy: [{ openedAt: "asc" }, { ordinal: "asc" }],
    });
    return rows.map(({ ordinal, code, since, endedBy, closedAt }) => ({
      ordinal,
      code,
      since: since.toISOString().slice(0, 10),
      endedBy,
      open: closedAt === null,
    }));
  };
  return { projectId, send, notes };
}

/** Place of the field that moves. */
async function kindOf(projectId: string): Promise<number> {
  const { features } = await db.inputBaseline.findFirstOrThrow({ where: { projectId } });
  return (features as { features: { path: string }[] }).features.findIndex(
    ({ path }) => path === "/output/kind",
  );
}

it("opens one note for one move, however many windows and workers see it, and closes it when it is over", async () => {
  const { projectId, send, notes } = await project();
  expect(await notes()).toEqual([]);
  await send(days(3, 4, 6, MOVED));
  await Promise.all([countInputs(db, projectId), countInputs(db, projectId), countInputs(db, projectId)]);
  const open = { ordinal: 1, code: "W_OUTPUT_DRIFT", since: "2026-03-05", endedBy: null, open: true };
  expect(await notes()).toEqual([open]);
  await send(days(4, 10, 3, MOVED));
  await countInputs(db, projectId);
  expect(await notes()).toEqual([open]);
  await send(days(5, 13, 9, USUAL));
  await countInputs(db, projectId);
  expect(await notes()).toEqual([{ ...open, endedBy: "returned", open: false }]);
  const [closed] = await db.driftFinding.findMany({ where: { projectId }, orderBy: { feature: "asc" } });
  await countInputs(db, projectId);
  const [again] = await db.driftFinding.findMany({ where: { projectId }, orderBy: { feature: "asc" } });
  expect(again).toEqual(closed);
  expect(await db.incident.count({ where: { projectId, kind: "accuracy_drop" } })).toBe(0);
});

it("takes back what late outputs disprove, and begins anew with a new pilot", async () => {
  const { projectId, send, notes } = await project();
  await send(days(6, 4, 1, MOVED));
  await countInputs(db, projectId);
  expect(await notes()).toMatchObject([{ open: true }]);
  const late = Array.from({ length: 12 }, (_, part) =>
    days(20 + part, 4, 1, USUAL).map((each) => ({ ...each, externalId: `late-${each.externalId}` })),
  );
  await send(late.flat());
  await countInputs(db, projectId);
  expect(await notes()).toMatchObject([{ ordinal: 1, endedBy: "withdrawn", open: false }]);
  await send(days(7, 5, 3, MOVED));
  await countInputs(db, projectId);
  expect(await notes()).toMatchObject([{ ordinal: 1, endedBy: null, open: true }]);
  await freezeInputBaseline(db, projectId);
  await countInputs(db, projectId);
  expect(await notes()).toMatchObject([{ endedBy: "new_baseline", open: false }, { open: true }]);
});
