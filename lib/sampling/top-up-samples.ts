import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import * as z from "zod";
import { projectHasher } from "./project-hasher";

const BATCH = 5_000;
const candidateRow = z.object({ id: z.uuid(), externalId: z.string(), orderKey: z.number() });
type Candidate = z.output<typeof candidateRow>;

/**
 * Makes samples of stored outputs that a raised rate now selects: random numbers are permanent, so a raised rate only adds.
 * Call it under the locks of a closing epoch.
 */
export async function topUpSamples(
  tx: Tx,
  epoch: { projectId: string; epochId: string; stratumIds: readonly string[] },
): Promise<number> {
  if (epoch.stratumIds.length === 0) return 0;
  const secondLook = await secondLookRule(tx, epoch);
  let made = 0;
  for (;;) {
    const candidates = await readMissing(tx, epoch);
    if (candidates.length > 0) await insertCandidates(tx, epoch.projectId, candidates, secondLook);
    made += candidates.length;
    if (candidates.length < BATCH) return made;
  }
}

async function readMissing(
  tx: Tx,
  { projectId, epochId, stratumIds }: { projectId: string; epochId: string; stratumIds: readonly string[] },
): Promise<Candidate[]> {
  const rows = await tx.$queryRaw`
    SELECT output.id, output.external_id AS "externalId", output.random_number / opened.rate AS "orderKey"
    FROM stratum_epoch opened
    JOIN output ON output.project_id = opened.project_id AND output.epoch_id = opened.epoch_id
      AND output.stratum_id = opened.stratum_id AND output.random_number < opened.rate
    WHERE opened.project_id = ${projectId}::uuid AND opened.epoch_id = ${epochId}::uuid
      AND opened.stratum_id = ANY(${[...stratumIds]}::uuid[])
      AND NOT EXISTS (SELECT 1 FROM sample WHERE sample.project_id = output.project_id AND sample.output_id = output.id)
    LIMIT ${BATCH}`;
  return z.array(candidateRow).parse(rows);
}

async function insertCandidates(
  tx: Tx,
  projectId: string,
  candidates: readonly Candidate[],
  secondLook: (externalId: string) => boolean,
): Promise<void> {
  const ids = candidates.map(({ id }) => id);
  await tx.$executeRaw`
    INSERT INTO sample (project_id, output_id, epoch_id, stratum_id, random_number)
    SELECT project_id, id, epoch_id, stratum_id, random_number FROM output
    WHERE project_id = ${projectId}::uuid AND id = ANY(${ids}::uuid[])`;
  const slots = candidates.flatMap(({ id, externalId, orderKey }) =>
    (secondLook(externalId) ? [1, 2] : [1]).map((look) => ({ id: newId(), outputId: id, look, orderKey })),
  );
  await tx.$executeRaw`
    INSERT INTO review_slot (project_id, id, output_id, look, order_key)
    SELECT ${projectId}::uuid, id, "outputId", look, "orderKey"
    FROM jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) AS row(id uuid, "outputId" uuid, look int, "orderKey" float8)`;
}

async function secondLookRule(tx: Tx, epoch: { projectId: string; epochId: string }) {
  const { projectId, epochId } = epoch;
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
  const { plan } = await tx.epoch.findUniqueOrThrow({
    where: { projectId_id: { projectId, id: epochId } },
    select: { plan: { select: { doubleReviewShare: true } } },
  });
  const hash = projectHasher(project, "double-v1");
  return (externalId: string) => hash(externalId) < plan.doubleReviewShare;
}
