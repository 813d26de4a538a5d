import type { ClientBase } from "pg";
import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { insertSamples } from "@/lib/sampling/insert-samples";
import { appendCounts, populationRows } from "./count-outcomes";
import { databaseNow } from "./database-clock";
import { inDurableTransaction } from "./durable-transaction";
import { enqueueRaw } from "./enqueue-follow-up";
import { type HeldRow, readHeldSenders, readUndrawn } from "./held-records";
import type { HeldParts } from "./settle-held";
import { leaveQuarantine } from "./held-stratum";
import { prepareOutputs } from "./ingest-outputs";
import { insertOutputs, type OutputRow } from "./insert-outputs";
import type { OutputRecord } from "./output-record";
import { readHeldOutput } from "./read-held-output";

/** Records in one transaction. */
const BATCH = 100;

type CountedAs = "stratum" | "unreadable" | "resent" | "pilot";

interface Counted {
  row: HeldRow;
  as: CountedAs;
  /** Set where it is drawn. */
  record: OutputRecord | null;
}

/**
 * Draws what came into quarantine as a stratum of its own: what people can judge becomes an output of the phase HELD, counted and sampled
 * like any other, and served without a sign of where it lies. A record that was sent again, and counts under its id already, is no
 * traffic of its own. Each record is looked at once, in the transaction that says how it counts: whatever dies, none is lost or drawn
 * twice. Returns how many were looked at.
 */
export async function drawHeld(ctx: Pick<Ctx, "db" | "project">, parts: DrawParts): Promise<number> {
  let looked = 0;
  for (;;) {
    const drawn = await inDurableTransaction(parts.pool, (client) => drawNext(client, ctx, parts));
    looked += drawn;
    if (drawn < BATCH) return looked;
  }
}

export type DrawParts = Pick<HeldParts, "pool" | "openFrame">;

async function drawNext(client: ClientBase, { project }: Pick<Ctx, "project">, parts: DrawParts) {
  await lockDraw(client, project.id);
  const rows = await readUndrawn(client, project.id, BATCH);
  const counted = await countEach(client, project.id, rows);
  const drawn = counted.filter(({ as }) => as === "stratum");
  const outputs = await prepareDrawn(client, project.id, parts, drawn);
  if (outputs.length > 0) {
    await insertOutputs(client, outputs.map(({ output }) => output).sort(byId));
    await insertSamples(
      client,
      project.id,
      outputs.map(({ output }) => output.output.placed),
    );
    await appendCounts(client, [], populationRows(outputs.map(({ output }) => output)));
    await enqueueRaw(client, "fold-counts", project.id);
  }
  await noteCounted(client, project.id, counted, new Map(outputs.map((each) => [each.heldId, each])));
  return rows.length;
}

/** One at a time in a project: of two records with one id, the second has to see the first. */
export async function lockDraw(client: ClientBase, projectId: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`draw-held|${projectId}`]);
}

const byId = (a: OutputRow, b: OutputRow) =>
  a.output.record.externalId < b.output.record.externalId ? -1 : 1;

/** The first record of an id counts, if no output has the id. */
async function countEach(
  client: ClientBase,
  projectId: string,
  rows: readonly HeldRow[],
): Promise<Counted[]> {
  const read = rows.map((row) => ({ row, record: readHeldOutput(row) }));
  const ids = read.flatMap(({ row }) => (row.externalId === null ? [] : [row.externalId]));
  const { rows: found } = await client.query<{ id: string }>(
    `SELECT external_id AS id FROM output WHERE project_id = $1 AND external_id = ANY($2::text[])
     UNION SELECT sent_id FROM output WHERE project_id = $1 AND sent_id = ANY($2::text[]) AND random_number < 1`,
    [projectId, ids],
  );
  const taken = new Set(found.map(({ id }) => id));
  return read.map(({ row, record }): Counted => {
    const id = row.externalId;
    if (id !== null && taken.has(id)) return { row, as: "resent", record: null };
    if (record?.phase === "PILOT") return { row, as: "pilot", record: null };
    if (record === null) return { row, as: "unreadable", record: null };
    if (id !== null) taken.add(id);
    return { row, as: "stratum", record };
  });
}

interface DrawnOutput {
  heldId: string;
  sentId: string | null;
  output: OutputRow;
}

/** Each with an id of its own, so that the one that it was sent with stays free; the random number is that of the latter. */
async function prepareDrawn(
  client: ClientBase,
  projectId: string,
  parts: DrawParts,
  drawn: readonly Counted[],
): Promise<DrawnOutput[]> {
  if (drawn.length === 0) return [];
  const senders = await readHeldSenders(client, projectId);
  const outputs: DrawnOutput[] = [];
  for (const [sourceId, sender] of senders) {
    const own = drawn.filter(({ row }) => row.sourceId === sourceId);
    const items = own.flatMap(({ record, row }, index) =>
      record === null ? [] : [{ index, record: asHeld(record), raw: row.raw }],
    );
    const noPilot = () => Promise.resolve([]);
    const prepared = await prepareOutputs({ ...parts, judgePilot: noPilot }, sender, databaseNow(), items);
    for (const output of prepared) {
      const row = own[output.read.index]?.row;
      if (!row) throw new Error("A drawn record without its bytes.");
      const request = {
        requestId: row.id,
        sender,
        receivedAt: row.receivedAt,
        outputs: prepared,
        quarantined: [],
        idempotency: null,
        unexpected: new Map<string, number>(),
      };
      output.record.externalId = newId();
      outputs.push({ heldId: row.id, sentId: row.externalId, output: { request, output } });
    }
  }
  return outputs;
}

/** Flags and reasons are found by the contract that takes it, when it is taken. */
function asHeld(record: OutputRecord): OutputRecord {
  return { ...record, phase: "HELD", flags: [], reasons: [], contractVersion: null, truth: null };
}

async function noteCounted(
  client: ClientBase,
  projectId: string,
  counted: readonly Counted[],
  outputs: ReadonlyMap<string, DrawnOutput>,
): Promise<void> {
  const values = counted.map(({ row, as }) => ({
    i: row.id,
    c: as,
    o: outputs.get(row.id)?.output.output.placed.outputId ?? null,
    s: outputs.get(row.id)?.sentId ?? null,
  }));
  await client.query(
    `WITH counted AS (SELECT * FROM json_to_recordset($2) AS row(i uuid, c text, o uuid, s text)),
     named AS (
       UPDATE output SET sent_id = s FROM counted WHERE project_id = $1 AND id = o AND s IS NOT NULL)
     UPDATE quarantine SET counted_as = c, output_id = o FROM counted WHERE project_id = $1 AND id = i`,
    [projectId, JSON.stringify(values)],
  );
}

const RESENT = `FROM output fresh
  JOIN output held ON held.project_id = fresh.project_id AND held.sent_id = fresh.external_id AND held.phase = 'HELD'
  WHERE fresh.project_id = $1 AND fresh.id = ANY($2::uuid[]) AND held.random_number < 1`;

/** Locks the records that `leaveResent` will take out, in the order in which they are locked to be settled. */
export async function lockResent(
  client: ClientBase,
  projectId: string,
  outputIds: readonly string[],
): Promise<void> {
  await client.query(
    `SELECT 1 FROM quarantine WHERE project_id = $1 AND output_id IN (SELECT held.id ${RESENT}) ORDER BY id FOR UPDATE`,
    [projectId, outputIds],
  );
}

/**
 * Held records under an id that an output has taken since: they were sent again in a form that can be taken, and count there. `outputIds`
 * are new outputs. Call it after `lockDraw`.
 */
export async function leaveResent(
  client: ClientBase,
  projectId: string,
  outputIds: readonly string[],
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(`SELECT held.id ${RESENT}`, [projectId, outputIds]);
  await leaveQuarantine(
    client,
    projectId,
    rows.map(({ id }) => id),
  );
  return rows.length;
}
