import { expect, it, vi } from "vitest";
import { makeSendingProject, serveDoors } from "@/lib/ingest/testing/open-ingest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { countInputs } from "./count-inputs";

const { db } = await testDatabase();
const send = await serveDoors();
const PER_DAY = 80;

function days(name: string, { from, count, phone }: { from: string; count: number; phone: number }) {
  const random = seededRandom(name.length + count);
  return Array.from({ length: count * PER_DAY }, (_, at) => {
    const drawn = random();
    const channel = drawn < phone ? "phone" : drawn < phone + 0.35 ? "app" : "web";
    const instant = new Date(Date.parse(from) + Math.floor(at / PER_DAY) * 86_400_000 + at * 1000);
    return {
      id: `${name}-${at}`,
      occurred_at: instant.toISOString(),
      ...(name === "pilot" ? { phase: "pilot" } : {}),
      input: { channel, amount: Math.round(100 * random()) },
      output: { label: random() < 0.5 ? "pay" : "check" },
    };
  });
}

it("draws outputs more often where an attribute has moved, with the probability stored, until it is over", {
  timeout: 60_000,
}, async () => {
  const plan = { reviewsPerWeek: 105, expectedPerDay: PER_DAY };
  const { project, token } = await makeSendingProject(db, { recorded: true, plan });
  // Day by day: the rates of a day come from what the days before it brought.
  const store = async (records: ReturnType<typeof days>) => {
    for (let at = 0; at < records.length; at += PER_DAY)
      expect((await send({ batch: records.slice(at, at + PER_DAY) }, { token })).status).toBe(202);
  };
  const calls = performance.now.bind(performance);
  let later = 0;
  vi.spyOn(performance, "now").mockImplementation(() => calls() + later);
  await store(days("pilot", { from: "2026-02-01T08:00:00Z", count: 5, phone: 0.05 }));
  await store(days("moved", { from: "2026-03-01T08:00:00Z", count: 5, phone: 0.3 }));
  await countInputs(db, project.id);
  expect(await db.driftFinding.count({ where: { projectId: project.id, closedAt: null } })).toBe(1);
  later += 6_000;
  await store(days("raised", { from: "2026-03-06T08:00:00Z", count: 5, phone: 0.3 }));
  const raised = await db.output.findMany({
    where: { projectId: project.id, externalId: { startsWith: "raised" }, flags: { isEmpty: true } },
    include: { stratumEpoch: { include: { stratum: true } } },
  });
  const isPhone = ({ input }: (typeof raised)[number]) => (input as { channel: string }).channel === "phone";
  for (const output of raised) expect(output.stratumEpoch.stratum.flagged).toBe(isPhone(output));
  const last = raised.filter(({ externalId }) => Number(externalId.split("-")[1]) >= 4 * PER_DAY);
  const rateOf = (phone: boolean) => last.find((each) => isPhone(each) === phone)?.stratumEpoch.rate ?? 0;
  expect(rateOf(true) / rateOf(false)).toBeGreaterThan(1.3);
  expect(rateOf(true) / rateOf(false)).toBeLessThanOrEqual(10);
  await store(days("usual", { from: "2026-03-11T08:00:00Z", count: 9, phone: 0.05 }));
  await countInputs(db, project.id);
  expect(await db.driftFinding.count({ where: { projectId: project.id, closedAt: null } })).toBe(0);
  later += 6_000;
  await store(days("after", { from: "2026-03-20T08:00:00Z", count: 1, phone: 0.3 }));
  const after = await db.output.count({
    where: {
      projectId: project.id,
      externalId: { startsWith: "after" },
      stratumEpoch: { stratum: { flagged: true } },
      flags: { isEmpty: true },
    },
  });
  expect(after).toBe(0);
  vi.restoreAllMocks();
});
