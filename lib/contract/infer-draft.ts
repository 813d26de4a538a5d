import type { Ctx } from "@/lib/core/ctx";
import { crossValidate } from "./cross-validate";
import { inferContract, LEAST_PILOT, profileOf } from "./infer-contract";
import { forgetFolds, pilotFolds } from "./pilot-folds";
import { readPilot } from "./read-pilot";

/** Makes the rules that were asked for. Safe to run twice; an older request's answer is dropped. */
export async function inferDraft(ctx: Pick<Ctx, "db" | "project">, requestId: string): Promise<void> {
  const { id: projectId } = ctx.project;
  const open = { projectId, requestId, state: "WAITING" as const };
  if ((await ctx.db.contractDraft.count({ where: open })) === 0) return;
  const { records, all } = await readPilot(ctx);
  const counts = { records: records.length, pilotRecords: all, finishedAt: new Date() };
  if (records.length < LEAST_PILOT) {
    const problem = `Rules need at least ${LEAST_PILOT} pilot outputs; there ${records.length === 1 ? "is" : "are"} ${records.length}.`;
    await ctx.db.contractDraft.updateMany({ where: open, data: { ...counts, state: "FAILED", problem } });
    return;
  }
  forgetFolds(projectId);
  const folds = await pilotFolds(ctx);
  const definition = inferContract(profileOf(records), records);
  const rates = await crossValidate(folds, definition);
  await ctx.db.contractDraft.updateMany({
    where: open,
    data: {
      ...counts,
      state: "READY",
      definition: structuredClone(definition) as object,
      rates: structuredClone(rates) as object,
    },
  });
}
