import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { AnswerDefinition } from "./schema";

export interface AnswerSchemaVersion {
  id: string;
  version: number;
  definition: AnswerDefinition;
  instructions: string;
  createdAt: Date;
}

/**
 * Publishes the next version of what reviewers answer; earlier versions stay as they were, and each review names its own. Of two
 * managers who publish from one base, the second gets CONFLICT and sees what the first did.
 */
export async function createAnswerSchema(
  ctx: Ctx,
  input: { definition: AnswerDefinition; instructions: string; baseVersion: number },
): Promise<AnswerSchemaVersion> {
  return await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${ctx.project.id}::uuid FOR NO KEY UPDATE`;
    const newest = await tx.answerSchema.aggregate({
      where: { projectId: ctx.project.id },
      _max: { version: true },
    });
    const known = newest._max.version ?? 0;
    if (known !== input.baseVersion) {
      throw new AppError(
        "CONFLICT",
        `Version ${known} was published in the meantime. Reload to start from it.`,
        {
          reason: "version_taken",
        },
      );
    }
    const created = await tx.answerSchema.create({
      data: {
        projectId: ctx.project.id,
        id: newId(),
        version: known + 1,
        definition: structuredClone(input.definition) as object,
        instructions: input.instructions,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      },
    });
    await writeAudit(tx, ctx, {
      action: "answer-schema.publish",
      objectKind: "answer_schema",
      objectId: created.id,
      details: {
        version: created.version,
        fields: input.definition.fields.map((field) => `${field.key}: ${field.type}`),
      },
    });
    return { ...input, id: created.id, version: created.version, createdAt: created.createdAt };
  });
}
