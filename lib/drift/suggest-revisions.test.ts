import { expect, it } from "vitest";
import { dismissSuggestion } from "@/lib/contract/dismiss-suggestion";
import { publishContract } from "@/lib/contract/publish-contract";
import type { ContractDefinition } from "@/lib/contract/schema";
import { makeSendingProject, serveDoors } from "@/lib/ingest/testing/open-ingest";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { suggestRevisions } from "./suggest-revisions";

const { db } = await testDatabase();
const send = await serveDoors();

const unread = { support: 400, pilot_violations: 0, expected_rate: 0, rate_at_most: 0.01 };
const contract: ContractDefinition = {
  rules: [
    {
      rule: "values",
      path: "/input/country",
      values: ["FR", "ES"],
      open: false,
      origin: "inferred",
      ...unread,
    },
    { rule: "type", path: "/input/pages", types: ["number"], origin: "inferred", ...unread },
  ],
};

/** Four weeks of 40 outputs a day; what a day's outputs hold is said by the caller. */
async function fourWeeks(inputOf: (day: number, at: number) => Record<string, unknown>) {
  const sending = await makeSendingProject(db, {
    recorded: true,
    plan: { reviewsPerWeek: 100_000, expectedPerDay: 40 },
  });
  const person = await makePerson(db, { project: sending.project, role: "MANAGER" });
  const ctx = contextFor(db, sending.project, actorFor(person), new Date());
  await publishContract(ctx, { definition: contract, note: "", baseVersion: 0 });
  const batch = Array.from({ length: 28 * 40 }, (_, at) => ({
    id: `o-${at}`,
    occurred_at: new Date(Date.UTC(2026, 2, 1 + Math.floor(at / 40), 9, 0, at % 40)).toISOString(),
    input: inputOf(Math.floor(at / 40), at % 40),
    output: { label: "yes" },
  }));
  const answer = await send({ batch }, { token: sending.token });
  expect(answer.body).toMatchObject({ received: batch.length, quarantined: 0 });
  await db.$executeRaw`UPDATE stratum_epoch SET effective_rate = 1 WHERE project_id = ${sending.project.id}::uuid`;
  /** Everything that was drawn is settled; `wrong` says which of them are. */
  const settle = (wrong: string, share: number) => db.$executeRaw`
    UPDATE sample SET state = 'SETTLED', settled_by = 'truth',
      score = CASE WHEN output.input ->> 'country' = ${wrong} AND sample.random_number < ${share} THEN 0 ELSE 1 END,
      verdict = CASE WHEN output.input ->> 'country' = ${wrong} AND sample.random_number < ${share} THEN 'INCORRECT' ELSE 'CORRECT' END::verdict
    FROM output WHERE output.project_id = sample.project_id AND output.id = sample.output_id
      AND sample.project_id = ${sending.project.id}::uuid`;
  return { ctx, settle };
}

it("suggests what stays and is judged no less accurate, with its evidence; not what comes now and then", async () => {
  const { ctx, settle } = await fourWeeks((day, at) => ({
    // Italy from the eighth day on, every fifth output; Malta on two days only.
    country: at % 5 === 0 && day >= 7 ? "IT" : at === 1 && day < 2 ? "MT" : at % 2 === 0 ? "FR" : "ES",
    pages: at === 3 && day % 2 === 0 ? "12" : 3,
  }));
  const before = await suggestRevisions(ctx);
  expect(before).toMatchObject({ from: "2026-03-01", to: "2026-03-28" });
  expect(before.suggestions).toMatchObject([{ value: "IT", standing: "few", reviews: 0, difference: null }]);
  await settle("FR", 0.02);
  const { suggestions } = await suggestRevisions(ctx);
  expect(suggestions).toHaveLength(1);
  const [italy] = suggestions;
  expect(italy).toMatchObject({
    code: "VALUE_UNSEEN_CATEGORY",
    path: "/input/country",
    value: "IT",
    records: 21 * 8,
    since: "2026-03-08",
    days: 21,
    standing: "fits",
    after: { rule: "values", values: ["FR", "ES", "IT"], origin: "edited" },
  });
  expect(italy?.reviews).toBeGreaterThanOrEqual(30);
  expect(italy?.difference?.low).toBeGreaterThan(-0.1);

  // Dismissed, it stays away; accepted, it is no suggestion any more.
  if (!italy) throw new Error("A suggestion.");
  await dismissSuggestion(ctx, { key: italy.key, share: italy.share, note: "A test market." });
  expect((await suggestRevisions(ctx)).suggestions).toEqual([]);
  // Back when it has doubled since.
  await dismissSuggestion(ctx, { key: italy.key, share: italy.share / 2, note: "A test market." });
  expect((await suggestRevisions(ctx)).suggestions).toHaveLength(1);
  expect(
    await db.auditEvent.count({
      where: { projectId: ctx.project.id, action: "contract.dismiss-suggestion" },
    }),
  ).toBe(2);
  const taken = contract.rules.map((rule) => (rule.rule === "values" && italy.after ? italy.after : rule));
  await publishContract(ctx, { definition: { rules: taken }, note: "", baseVersion: 1 });
  expect((await suggestRevisions(ctx)).suggestions).toEqual([]);
});

it("says when such outputs are less accurate, and suggests another type with what it would ask for", async () => {
  const { ctx, settle } = await fourWeeks((_day, at) => ({
    country: at % 5 === 0 ? "IT" : "FR",
    pages: at % 6 === 1 ? "12" : 3,
  }));
  await settle("IT", 0.3);
  const { suggestions } = await suggestRevisions(ctx);
  expect(suggestions.map(({ code, value, standing }) => [code, value, standing])).toEqual([
    ["TYPE_COERCIBLE", null, "fits"],
    ["VALUE_UNSEEN_CATEGORY", "IT", "worse"],
  ]);
  expect(suggestions[0]?.after).toMatchObject({ rule: "type", types: ["number", "text"] });
});

it("without a contract or outputs there is nothing to suggest", async () => {
  const { project } = await makeSendingProject(db, {});
  expect(await suggestRevisions(contextFor(db, project))).toEqual({ from: null, to: null, suggestions: [] });
});
