import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { projectHasher } from "@/lib/sampling/project-hasher";
import { createOccasion } from "./create-occasion";
import { type FormInForce, formInForce } from "./gold-candidates";
import { goldMix } from "./gold-mix";
import { goldFits } from "./known-answer";
import type { LookedAt } from "./lock-sample";
import { goldPositions, keyAtRank, probeRanks, repeatPositions } from "./probe-positions";
import {
  type GoldInService,
  type OwnProbe,
  type ProbedPerson,
  readErrorShare,
  readGoldInService,
  readOldAnswers,
  readOwnProbes,
  readProbedPeople,
  readWaitingKeys,
} from "./read-probe-facts";
import { withdrawRetired } from "./withdraw-probes";

const DAY_MS = 86_400_000;
/** A reviewer is expected to do at least so many a week: over fewer items repeats would be noticed. */
const FEWEST_EXPECTED = 20;

export interface ProbesPlanned {
  people: number;
  made: number;
  /** Waiting for somebody now. */
  open: number;
}

interface Plan {
  tx: Tx;
  project: Project;
  form: FormInForce;
  now: Date;
  /** First day of the week, part of what is hashed. */
  week: string;
  /** Of what waits for the person that is planned for. */
  keys: number[];
  sharing: number;
  gold: GoldInService[];
  wrongShare: number;
}

/**
 * Puts what measures people into their queues: items with a known answer and own old ones, a few ahead for each active reviewer, at
 * places drawn by hash. Whatever else waits keeps its order. Runs of one project follow each other; nothing is made twice.
 */
export async function planProbes(ctx: Pick<Ctx, "db" | "project">, now: Date): Promise<ProbesPlanned> {
  const projectId = ctx.project.id;
  return await inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`probes:${projectId}`}, 0))`;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    const form = await formInForce({ ...ctx, db: tx });
    await retireSeen(tx, project);
    await withdrawRetired(tx, projectId);
    const { start, day } = await weekOf(tx, now, project.timeZone);
    const people = form ? await readProbedPeople(tx, projectId, start, now) : [];
    if (!form || people.length === 0)
      return { people: 0, made: 0, open: await arrange(tx, projectId, new Map()) };
    const own = await readOwnProbes(tx, projectId);
    const errorShare = await readErrorShare(tx, projectId);
    const plan: Omit<Plan, "keys"> = {
      tx,
      project,
      form,
      now,
      week: day,
      sharing: Math.max(1, people.filter((person) => person.lately).length),
      gold: (await readGoldInService(tx, projectId)).filter((gold) => goldFits(form.definition, gold)),
      wrongShare: goldMix({ goldShare: project.goldShare, errorShare }).wrongShare,
    };
    const keyOf = new Map<string, number>();
    let made = 0;
    for (const person of people) {
      const mine = own.filter((probe) => probe.userId === person.userId);
      const ownPlan = { ...plan, keys: await readWaitingKeys(tx, projectId, person.userId) };
      made += await planGold(ownPlan, person, mine, keyOf);
      made += await planRepeats(ownPlan, person, mine, keyOf);
    }
    return { people: people.length, made, open: await arrange(tx, projectId, keyOf) };
  });
}

/** Enough people have seen it: sooner or later it would be talked about. */
async function retireSeen(tx: Tx, project: Project): Promise<void> {
  await tx.$executeRaw`
    UPDATE review_occasion gold SET retired_at = clock_timestamp()
    WHERE gold.project_id = ${project.id}::uuid AND gold.kind = 'GOLD' AND gold.retired_at IS NULL
      AND (SELECT count(*) FROM review_slot slot WHERE slot.project_id = gold.project_id AND slot.output_id = gold.output_id
             AND slot.occasion = gold.occasion AND slot.state = 'DONE') >= ${project.goldViews}`;
}

async function weekOf(tx: Tx, now: Date, timeZone: string): Promise<{ start: Date; day: string }> {
  const rows = await tx.$queryRaw<{ start: Date; day: string }[]>`
    SELECT monday AT TIME ZONE ${timeZone} AS start, monday::date::text AS day
    FROM (SELECT date_trunc('week', ${now}::timestamptz AT TIME ZONE ${timeZone}) AS monday) week`;
  return rows[0] ?? { start: now, day: "" };
}

async function planGold(plan: Plan, person: ProbedPerson, mine: OwnProbe[], keyOf: Map<string, number>) {
  const draw = drawFor(plan, "gold-v1", person);
  const positions = goldPositions(draw, plan.week, {
    share: plan.project.goldShare,
    reviewed: person.reviewed,
  });
  const ranks = ranksOf(plan, person, positions, person.goldDone, draw);
  const waiting = mine.filter((probe) => probe.kind === "GOLD");
  const fresh: string[] = [];
  while (waiting.length + fresh.length < ranks.length) {
    const wantWrong =
      draw(`${plan.week}:${person.goldDone + waiting.length + fresh.length}:wrong`) < plan.wrongShare;
    const gold = chooseGold(plan, person, wantWrong, draw);
    if (!gold) break;
    gold.knownTo.push(person.userId);
    gold.views += 1;
    fresh.push(await addSlot(plan, gold, person));
  }
  place(plan, [...waiting.map((probe) => probe.slotId), ...fresh], ranks, keyOf);
  return fresh.length;
}

/** One that this person has not met in any way, of the kind that is wanted when there is one; which of them is drawn by hash. */
function chooseGold(
  plan: Plan,
  { userId }: ProbedPerson,
  wantWrong: boolean,
  draw: (unit: string) => number,
): GoldInService | null {
  const free = plan.gold.filter(
    (gold) => gold.views < plan.project.goldViews && !gold.knownTo.includes(userId),
  );
  const kind = free.filter((gold) => (gold.expectedVerdict === "INCORRECT") === wantWrong);
  const drawn = (kind.length > 0 ? kind : free).map((gold) => ({
    gold,
    at: draw(`${gold.reference}:${gold.occasion}`),
  }));
  return drawn.sort((a, b) => a.at - b.at)[0]?.gold ?? null;
}

async function planRepeats(plan: Plan, person: ProbedPerson, mine: OwnProbe[], keyOf: Map<string, number>) {
  const { project, form, now } = plan;
  const draw = drawFor(plan, "repeat-v1", person);
  const expected = Math.max(FEWEST_EXPECTED, person.lastWeek);
  const positions = repeatPositions(draw, plan.week, { perWeek: project.repeatPerWeek, expected });
  const ranks = ranksOf(plan, person, positions, person.repeatDone, draw);
  const waiting = mine.filter((probe) => probe.kind === "REPEAT");
  const missing = ranks.length - waiting.length;
  const fresh: string[] = [];
  if (missing > 0) {
    const before = new Date(now.getTime() - project.repeatAfterDays * DAY_MS);
    const old = await readOldAnswers(plan.tx, project.id, { userId: person.userId, formId: form.id, before });
    const drawn = old.map((each) => ({ ...each, at: draw(each.reference) })).sort((a, b) => a.at - b.at);
    for (const { outputId } of drawn.slice(0, missing)) {
      const occasion = await createOccasion(plan.tx, project.id, {
        outputId,
        kind: "REPEAT",
        createdBy: null,
      });
      fresh.push(await addSlot(plan, occasion, person));
    }
  }
  place(plan, [...waiting.map((probe) => probe.slotId), ...fresh], ranks, keyOf);
  return fresh.length;
}

function drawFor({ project }: Plan, salt: string, { userId }: ProbedPerson): (unit: string) => number {
  const hash = projectHasher(project, salt);
  return (unit) => hash(`${userId}:${unit}`);
}

function ranksOf(
  { keys, sharing, week }: Plan,
  { reviewed }: ProbedPerson,
  positions: number[],
  done: number,
  draw: (unit: string) => number,
): number[] {
  let drawn = 0;
  const random = () => draw(`${week}:${reviewed}:late:${(drawn += 1)}`);
  return probeRanks(positions, { reviewed, done, sharing, waiting: keys.length }, random);
}

/** Withdrawn until it has a place: an open one could be claimed before. */
async function addSlot(
  { tx, project }: Plan,
  { outputId, occasion }: LookedAt,
  { userId }: ProbedPerson,
): Promise<string> {
  const slotId = newId();
  await tx.$executeRaw`
    INSERT INTO review_slot (project_id, id, output_id, occasion, look, order_key, state, assignee_id)
    SELECT ${project.id}::uuid, ${slotId}::uuid, ${outputId}::uuid, ${occasion}::int,
      1 + coalesce((SELECT max(look) FROM review_slot known WHERE known.project_id = ${project.id}::uuid
        AND known.output_id = ${outputId}::uuid AND known.occasion = ${occasion}::int), 0), 0, 'WITHDRAWN', ${userId}::uuid`;
  return slotId;
}

function place(
  { keys }: Plan,
  slotIds: readonly string[],
  ranks: readonly number[],
  keyOf: Map<string, number>,
): void {
  for (const [at, rank] of ranks.entries()) {
    const slotId = slotIds[at];
    if (slotId !== undefined) keyOf.set(slotId, keyAtRank(keys, rank));
  }
}

/** Opens what has a place and withdraws what has none; what somebody holds is left to them. Returns how many are open. */
async function arrange(tx: Tx, projectId: string, keyOf: ReadonlyMap<string, number>): Promise<number> {
  const placed = [...keyOf];
  await tx.$executeRaw`
    UPDATE review_slot slot
    SET state = CASE WHEN place.slot_id IS NULL THEN 'WITHDRAWN' ELSE 'OPEN' END::slot_state,
        order_key = coalesce(place.key, slot.order_key), holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    FROM review_slot own
    JOIN review_occasion re_serving ON re_serving.project_id = own.project_id AND re_serving.output_id = own.output_id
      AND re_serving.occasion = own.occasion AND re_serving.kind <> 'DIAGNOSTIC'
    LEFT JOIN unnest(${placed.map(([slotId]) => slotId)}::uuid[], ${placed.map(([, key]) => key)}::float8[])
      AS place(slot_id, key) ON place.slot_id = own.id
    WHERE own.project_id = ${projectId}::uuid AND own.occasion > 0 AND own.state IN ('OPEN', 'WITHDRAWN')
      AND own.assignee_id IS NOT NULL AND (own.state = 'OPEN' OR place.slot_id IS NOT NULL)
      AND slot.project_id = own.project_id AND slot.id = own.id
      AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())
      AND NOT EXISTS (SELECT 1 FROM review WHERE review.project_id = slot.project_id AND review.slot_id = slot.id)`;
  return placed.length;
}
