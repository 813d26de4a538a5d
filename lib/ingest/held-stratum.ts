import type { ClientBase } from "pg";
import { lockSamples, moveSamples, shiftPopulation } from "@/lib/sampling/move-samples";
import type { HeldRow } from "./held-records";
import type { PreparedOutput } from "./prepared";

/** A held record that is about to be stored as an output. */
export interface Released {
  held: HeldRow;
  output: PreparedOutput;
}

/**
 * Lets records that were sampled in quarantine join the other outputs as what they are, with their reviews: they leave the quarantine's
 * stratum, and are drawn where they come to by the same random number. Their outputs then have the ids of `output.placed`, so that
 * storing them finds them there. What cannot join, because its id is taken or it is read differently by now, only leaves.
 */
export async function joinOutputs(
  client: ClientBase,
  projectId: string,
  released: readonly Released[],
): Promise<void> {
  const sampled = released.filter(({ held }) => held.countedAs === "stratum");
  if (sampled.length === 0) return;
  // As whoever closes an epoch or changes the plan: rates stand still while outputs move.
  await client.query("SELECT 1 FROM project WHERE id = $1 FOR NO KEY UPDATE", [projectId]);
  const joining = await readJoining(client, projectId, sampled);
  const moves = sampled.filter(({ held }) => joining.has(held.outputId ?? ""));
  const outputIds = moves.map(({ held }) => held.outputId ?? "");
  const leaving = sampled.flatMap(({ held }) =>
    held.outputId !== null && !joining.has(held.outputId) ? [held.outputId] : [],
  );
  await leaveQuarantine(client, projectId, leaving);
  await lockSamples(client, { projectId, outputIds });
  await shiftPopulation(client, { projectId, outputIds }, -1);
  await placeOutputs(client, projectId, moves);
  await moveSamples(client, { projectId, outputIds });
  for (const { held, output } of moves) output.placed.outputId = held.outputId ?? "";
}

/** The ids of the outputs that can join: still held, with the same content, under an id that nobody else has. */
async function readJoining(
  client: ClientBase,
  projectId: string,
  sampled: readonly Released[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT output.id FROM unnest($2::uuid[], $3::text[], $4::text[]) AS asked(id, external, hash)
     JOIN output ON output.project_id = $1 AND output.id = asked.id
     WHERE phase = 'HELD' AND random_number < 1 AND content_hash = decode(hash, 'hex')
       AND NOT EXISTS (SELECT 1 FROM output other WHERE other.project_id = $1 AND other.external_id = asked.external)`,
    [
      projectId,
      sampled.map(({ held }) => held.outputId),
      sampled.map(({ output }) => output.record.externalId),
      sampled.map(({ output }) => output.record.contentHash),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

async function placeOutputs(
  client: ClientBase,
  projectId: string,
  moves: readonly Released[],
): Promise<void> {
  const values = moves.map(({ held, output: { record, placed } }) => ({
    i: held.outputId,
    e: record.externalId,
    p: record.phase,
    ep: placed.epochId,
    st: placed.stratumId,
    u: placed.randomNumber,
    l: record.flags,
    v: record.contractVersion,
    w: record.reasons.length === 0 ? null : record.reasons,
  }));
  await client.query(
    `UPDATE output SET external_id = e, sent_id = NULL, phase = p::phase, epoch_id = ep, stratum_id = st, random_number = u, flags = l,
       contract_version = v, reasons = w
     FROM jsonb_to_recordset($2::jsonb) AS row(i uuid, e text, p text, ep uuid, st uuid, u float8, l text[], v int, w jsonb)
     WHERE project_id = $1 AND id = i`,
    [projectId, JSON.stringify(values)],
  );
  // As an insert of outputs would note it.
  await client.query(
    `WITH taken AS (SELECT id, phase FROM output WHERE project_id = $1 AND id = ANY($2::uuid[])),
     counted AS (INSERT INTO uncounted_output (project_id, output_ids) SELECT $1, array_agg(id) FROM taken HAVING count(*) > 0)
     INSERT INTO unread_output (project_id, output_ids) SELECT $1, array_agg(id) FROM taken WHERE phase = 'PRODUCTION' HAVING count(*) > 0`,
    [projectId, moves.map(({ held }) => held.outputId)],
  );
}

/**
 * Takes records out of the quarantine's stratum for which another output stands, so that nothing counts twice. Their reviews are kept
 * beside them; what somebody is looking at is left to that person.
 */
export async function leaveQuarantine(
  client: ClientBase,
  projectId: string,
  outputIds: readonly string[],
): Promise<void> {
  if (outputIds.length === 0) return;
  await lockSamples(client, { projectId, outputIds });
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM output WHERE project_id = $1 AND id = ANY($2::uuid[]) AND phase = 'HELD' AND random_number < 1 ORDER BY id FOR UPDATE`,
    [projectId, outputIds],
  );
  const left = rows.map(({ id }) => id);
  await shiftPopulation(client, { projectId, outputIds: left }, -1);
  await client.query("UPDATE output SET random_number = 1 WHERE project_id = $1 AND id = ANY($2::uuid[])", [
    projectId,
    left,
  ]);
  await client.query(
    "UPDATE quarantine SET counted_as = 'resent' WHERE project_id = $1 AND output_id = ANY($2::uuid[])",
    [projectId, left],
  );
  await moveSamples(client, { projectId, outputIds: left });
}
