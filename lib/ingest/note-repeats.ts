import type { ClientBase } from "pg";
import type { Ctx } from "@/lib/core/ctx";
import { insertSamples } from "@/lib/sampling/insert-samples";
import { lockSamples, moveSamples, shiftPopulation } from "@/lib/sampling/move-samples";
import { openFlaggedStrata } from "@/lib/sampling/open-flagged-strata";
import { projectHasher } from "@/lib/sampling/project-hasher";
import { sharedNumber } from "@/lib/sampling/content-share";
import { classifyRepeats, type Repeat } from "./classify-repeats";
import { type DrawParts, leaveResent, lockDraw, lockResent } from "./draw-held";
import { inDurableTransaction } from "./durable-transaction";
import { enqueueRaw } from "./enqueue-follow-up";
import { noteVersions } from "./note-versions";
import { addContents, readContents, type StoredContent } from "./stored-contents";

/** Rows of the list at once: at most a thousand outputs each. */
const ROWS_AT_ONCE = 2;

/**
 * Looks for repetitions among new outputs, in the order in which they came: flags them, which gives them another stratum, and lets one
 * output of an epoch stand for all with its content. What was sent again and lay in quarantine is taken out there. Each output is looked
 * at in the transaction that takes it off the list, one transaction of a project after the other: whatever dies or runs beside it, none
 * is missed or counted twice. Returns how many repeated something.
 */
export async function noteRepeats(
  ctx: Pick<Ctx, "db" | "project">,
  { pool }: Pick<DrawParts, "pool">,
): Promise<number> {
  let noted = 0;
  for (;;) {
    const step = await inDurableTransaction(pool, (client) => noteNext(client, ctx));
    noted += step.noted;
    // Strata are opened by a transaction of their own, as when outputs come in.
    if (step.missing.length > 0) await openFlaggedStrata(ctx.db, ctx.project.id, step.missing);
    else if (step.rows < ROWS_AT_ONCE) return noted;
  }
}

interface Step {
  rows: number;
  noted: number;
  /** Epochs and strata whose flagged counterpart is not open: nothing was done yet. */
  missing: { epochId: string; stratumId: string }[];
}

async function noteNext(client: ClientBase, { db, project }: Pick<Ctx, "db" | "project">): Promise<Step> {
  await lockDraw(client, project.id);
  const { rows } = await client.query<{ seq: string; ids: string[] }>(
    `SELECT seq, output_ids AS ids FROM unread_output WHERE project_id = $1 ORDER BY seq LIMIT $2 FOR UPDATE`,
    [project.id, ROWS_AT_ONCE],
  );
  if (rows.length === 0) return { rows: 0, noted: 0, missing: [] };
  const ids = rows.flatMap((row) => row.ids);
  // Held records before the project, and samples after both: as whoever settles held records takes them.
  await lockResent(client, project.id, ids);
  // As whoever closes an epoch or changes the plan: rates stand still while outputs move.
  await client.query("SELECT 1 FROM project WHERE id = $1 FOR NO KEY UPDATE", [project.id]);
  const contents = await readContents(client, project.id, ids);
  const repeats = classifyRepeats(
    contents,
    contents.map(({ known }) => known),
  );
  const found = contents.flatMap((content, at): Found[] => {
    const repeat = repeats[at];
    return repeat?.code ? [{ content, repeat, code: repeat.code }] : [];
  });
  const missing = found.filter(
    ({ content, repeat }) => repeat.copyOf === null && content.flaggedStratumId === null,
  );
  if (missing.length > 0) return { rows: 0, noted: 0, missing: missing.map(({ content }) => content) };
  await addContents(
    client,
    project.id,
    contents.filter((_, at) => repeats[at]?.copyOf === null),
  );
  const secret = await db.project.findUniqueOrThrow({ where: { id: project.id } });
  await moveRepeats(client, project.id, found, projectHasher(secret, "sample-v1"));
  const grown = await drawAgain(client, project.id, found, projectHasher(secret, "double-v1"));
  const resent = await leaveResent(client, project.id, ids);
  await noteVersions(client, project.id, ids);
  await client.query("DELETE FROM unread_output WHERE seq = ANY($1::bigint[])", [rows.map(({ seq }) => seq)]);
  if (found.length + resent + grown > 0) await enqueueRaw(client, "fold-counts", project.id);
  return { rows: rows.length, noted: found.length, missing: [] };
}

interface Found {
  content: StoredContent;
  repeat: Repeat;
  code: NonNullable<Repeat["code"]>;
}

/** A copy goes to where the output lies that stands for it, anything else to the flagged ones; what it is flagged with is kept. */
async function moveRepeats(
  client: ClientBase,
  projectId: string,
  found: readonly Found[],
  numberOf: (unit: string) => number,
): Promise<void> {
  if (found.length === 0) return;
  const leaders = [
    ...new Set(found.flatMap(({ repeat }) => (repeat.copyOf === null ? [] : [repeat.copyOf]))),
  ];
  const outputIds = found.map(({ content }) => content.outputId);
  await lockSamples(client, { projectId, outputIds: [...new Set([...outputIds, ...leaders])] });
  await shiftPopulation(client, { projectId, outputIds }, -1);
  const rows = found.map(({ content, repeat, code }) => ({
    i: content.outputId,
    c: code,
    of: repeat.copyOf,
    st: content.flaggedStratumId,
  }));
  await client.query(
    `UPDATE output SET stratum_id = st, flags = array_append(flags, c)
     FROM json_to_recordset($2) AS row(i uuid, c text, of uuid, st uuid) WHERE project_id = $1 AND id = i AND of IS NULL`,
    [projectId, JSON.stringify(rows)],
  );
  // After the others: one of these may stand for it, and has its place only now.
  await client.query(
    `UPDATE output SET stratum_id = leader.stratum_id, flags = array_append(output.flags, c), copy_of = of, random_number = 1
     FROM json_to_recordset($2) AS row(i uuid, c text, of uuid)
     JOIN output leader ON leader.project_id = $1 AND leader.id = of
     WHERE output.project_id = $1 AND output.id = i`,
    [projectId, JSON.stringify(rows)],
  );
  await shiftPopulation(client, { projectId, outputIds }, 1);
  const added = new Map<string, number>();
  for (const { repeat } of found)
    if (repeat.copyOf !== null) added.set(repeat.copyOf, (added.get(repeat.copyOf) ?? 0) + 1);
  // Added to what it had: counting all of its copies anew would cost the more the more there are.
  const { rows: led } = await client.query<{ id: string; unit: string; copies: number }>(
    `SELECT id, coalesce(cluster, external_id) AS unit, copies FROM output WHERE project_id = $1 AND id = ANY($2::uuid[])`,
    [projectId, leaders],
  );
  await client.query(
    `UPDATE output SET copies = m - 1, random_number = u FROM json_to_recordset($2) AS row(i uuid, m int, u float8)
     WHERE project_id = $1 AND id = i`,
    [
      projectId,
      JSON.stringify(
        led.map(({ id, unit, copies }) => {
          const members = 1 + copies + (added.get(id) ?? 0);
          return { i: id, m: members, u: sharedNumber(numberOf(unit), members) };
        }),
      ),
    ],
  );
  await moveSamples(client, { projectId, outputIds: [...new Set([...outputIds, ...leaders])] });
}

/** What its new place or its share selects now. */
async function drawAgain(
  client: ClientBase,
  projectId: string,
  found: readonly Found[],
  secondLook: (externalId: string) => number,
): Promise<number> {
  const asked = found.map(({ content, repeat }) => repeat.copyOf ?? content.outputId);
  if (asked.length === 0) return 0;
  const { rows } = await client.query<{
    outputId: string;
    epochId: string;
    stratumId: string;
    randomNumber: number;
    externalId: string;
    share: number;
  }>(
    `SELECT output.id AS "outputId", output.epoch_id AS "epochId", stratum_id AS "stratumId", random_number AS "randomNumber",
       external_id AS "externalId", plan.double_review_share AS share
     FROM output JOIN epoch ON epoch.project_id = output.project_id AND epoch.id = output.epoch_id
     JOIN sampling_plan plan ON plan.project_id = epoch.project_id AND plan.id = epoch.plan_id
     WHERE output.project_id = $1 AND output.id = ANY($2::uuid[])`,
    [projectId, asked],
  );
  return insertSamples(
    client,
    projectId,
    rows.map(({ externalId, share, ...placed }) => ({
      ...placed,
      secondLook: secondLook(externalId) < share,
      settled: null,
    })),
  );
}
