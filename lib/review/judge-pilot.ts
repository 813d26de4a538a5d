import type { Db } from "@/lib/db/client";
import { judgeTruth, schemaInForce } from "./judge-truth";
import { answerDefinitionSchema } from "./schema";

export interface PilotJudgement {
  score: number;
  verdict: "CORRECT" | "INCORRECT";
}

/**
 * What truths that came together with pilot outputs say about them, in the same order; null where there is no form yet or a truth
 * says nothing usable. Reads only.
 */
export async function judgePilot(
  db: Db,
  projectId: string,
  receivedAt: Date,
  truths: readonly { truth: unknown; output: unknown }[],
): Promise<(PilotJudgement | null)[]> {
  const versions = await db.answerSchema.findMany({
    where: { projectId },
    select: { createdAt: true, definition: true },
  });
  const form = schemaInForce(versions, receivedAt);
  if (!form) return truths.map(() => null);
  const definition = answerDefinitionSchema.parse(form.definition);
  return truths.map(({ truth, output }) => {
    const judged = judgeTruth(definition, truth, output);
    return judged ? { score: judged.score, verdict: judged.verdict } : null;
  });
}
