import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { readSample } from "./read-sample";
import { MOST_SAMPLES, type Understood } from "./schema";
import { understandSample, type UnderstoodSample } from "./understand-sample";

function readPasted(text: string): UnderstoodSample & { values: unknown[] } {
  const read = readSample(text);
  if (!read.ok)
    throw new AppError("INVALID", read.sentence, { reason: "sample", fields: { text: read.sentence } });
  const values = read.values.slice(0, MOST_SAMPLES);
  return { ...understandSample(read.values), values };
}

/**
 * Keeps pasted records with the project, and drafts a contract from them, which judges nothing. A draft that was read off the pilot,
 * and a contract in force, are never replaced. Pasted twice, the later text counts.
 * @throws AppError INVALID with the place where the text breaks
 */
export async function keepSample(ctx: Ctx, text: string): Promise<Understood> {
  const sample = readPasted(text);
  const { id: projectId } = ctx.project;
  const data = { sample: JSON.stringify(sample.values), changedAt: ctx.now };
  await inTransaction(ctx.db, async (tx) => {
    await tx.projectStart.upsert({ where: { projectId }, create: { projectId, ...data }, update: data });
    await draftContract(tx, ctx, sample);
    await writeAudit(tx, ctx, {
      action: "start.sample",
      objectKind: "project",
      objectId: projectId,
      details: { records: sample.records.length },
    });
  });
  return sample.understood;
}

async function draftContract(tx: Tx, ctx: Ctx, { contract, records }: UnderstoodSample): Promise<void> {
  const { id: projectId } = ctx.project;
  if (contract.rules.length === 0 || (await tx.contract.count({ where: { projectId } })) > 0) return;
  const drafted = await tx.contractDraft.findUnique({ where: { projectId } });
  if (drafted && (drafted.state === "WAITING" || drafted.pilotRecords > 0)) return;
  const draft = {
    requestId: newId(),
    state: "READY" as const,
    definition: structuredClone(contract) as object,
    records: records.length,
    pilotRecords: 0,
    problem: null,
    requestedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    requestedAt: ctx.now,
    finishedAt: ctx.now,
  };
  await tx.contractDraft.upsert({ where: { projectId }, create: { projectId, ...draft }, update: draft });
}
