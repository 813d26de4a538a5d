import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";
import { projectHasher } from "@/lib/sampling/project-hasher";
import { seededRandom } from "@/lib/stats/seeded-random";
import { createOccasion, lockOccasions } from "./create-occasion";
import { formInForce, type GoldCandidate, goldCandidates } from "./gold-candidates";
import type { AnswerDefinition } from "./schema";
import { seedError } from "./seed-error";

export interface GoldWish {
  outputId: string;
  /** Shows an output in which one field was made wrong. */
  seeded: boolean;
}

export type GoldRefusal = "not_known" | "cannot_seed";

export interface GoldMade {
  made: { outputId: string; occasion: number; seededField: string | null }[];
  refused: { outputId: string; reason: GoldRefusal }[];
}

/**
 * Makes known items of samples whose right answer is known. Of two who make one of the same output, the second finds it made. What
 * cannot be made is named with its reason; the rest is made all the same.
 */
export async function makeGold(ctx: Ctx, wishes: readonly GoldWish[]): Promise<GoldMade> {
  return await inTransaction(ctx.db, async (tx) => {
    const form = await formInForce({ ...ctx, db: tx });
    if (!form) throw new AppError("CONFLICT", "There is no answer form yet.", { reason: "no_form" });
    const project = await tx.project.findUniqueOrThrow({ where: { id: ctx.project.id } });
    const draw = projectHasher(project, "gold-v1");
    const outputIds = [...new Set(wishes.map((wish) => wish.outputId))].sort();
    for (const outputId of outputIds) await lockOccasions(tx, ctx.project.id, outputId);
    const found = await goldCandidates({ ...ctx, db: tx }, form.definition, { outputIds });
    const result: GoldMade = { made: [], refused: [] };
    for (const outputId of outputIds) {
      const candidate = found.find((each) => each.outputId === outputId);
      const seeded = wishes.some((wish) => wish.outputId === outputId && wish.seeded);
      const made = candidate ? await makeOne(tx, ctx, form.definition, candidate, seeded, draw) : "not_known";
      if (typeof made === "string") result.refused.push({ outputId, reason: made });
      else result.made.push(made);
    }
    await noteMade(tx, ctx, result);
    return result;
  });
}

async function makeOne(
  tx: Tx,
  ctx: Ctx,
  definition: AnswerDefinition,
  candidate: GoldCandidate,
  seeded: boolean,
  draw: (unit: string) => number,
): Promise<GoldMade["made"][number] | GoldRefusal> {
  const random = seededRandom(Math.floor(draw(`seed:${candidate.reference}`) * 2 ** 32));
  const error = seeded ? seedError(definition, candidate.answer, candidate.output, random) : null;
  if (seeded && !error) return "cannot_seed";
  const { occasion } = await createOccasion(tx, ctx.project.id, {
    outputId: candidate.outputId,
    kind: "GOLD",
    truth: candidate.answer,
    expectedVerdict: error ? "INCORRECT" : candidate.verdict,
    ...(error ? { shownOutput: error.output, seededField: error.fields.join(",") } : {}),
    createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
  });
  return { outputId: candidate.outputId, occasion, seededField: error?.fields.join(",") ?? null };
}

async function noteMade(tx: Tx, ctx: Ctx, { made }: GoldMade): Promise<void> {
  if (made.length === 0) return;
  await writeAudit(tx, ctx, {
    action: "gold.make",
    objectKind: "output",
    ...(made.length === 1 && made[0] ? { objectId: made[0].outputId } : {}),
    details: { made: made.length, with_an_error: made.filter((each) => each.seededField !== null).length },
  });
  const projectId = ctx.project.id;
  await enqueueJob(tx, "plan-probes", { projectId }, { key: `probes:${projectId}`, delaySeconds: 2 });
}
