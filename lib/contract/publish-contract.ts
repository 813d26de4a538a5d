import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { forgetContract } from "./contract-in-force";
import { crossValidate } from "./cross-validate";
import { diffContracts } from "./diff-contracts";
import { pilotFolds } from "./pilot-folds";
import { endBreakers } from "./watch-breakers";
import { type ContractDefinition, contractDefinitionSchema, type CrossValidation, ruleKey } from "./schema";

export interface ContractVersion {
  id: string;
  version: number;
  definition: ContractDefinition;
  rates: CrossValidation | null;
  note: string;
  basedOn: number | null;
  createdAt: Date;
}

const MOST_NAMED = 20;

/**
 * Publishes the next version of the contract with the rates that the pilot leads to expect; earlier versions stay, and each output
 * names its own. Of two managers who publish from one base, the second gets CONFLICT and sees what the first did.
 */
export async function publishContract(
  ctx: Ctx,
  input: { definition: ContractDefinition; note: string; baseVersion: number },
): Promise<ContractVersion> {
  const rates = await ratesOf(ctx, input.definition);
  const published = await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${ctx.project.id}::uuid FOR NO KEY UPDATE`;
    const newest = await tx.contract.findFirst({
      where: { projectId: ctx.project.id },
      orderBy: { version: "desc" },
    });
    const known = newest?.version ?? 0;
    if (known !== input.baseVersion) {
      const sentence = `Version ${known} was published in the meantime. Reload to start from it.`;
      throw new AppError("CONFLICT", sentence, { reason: "version_taken" });
    }
    const created = await tx.contract.create({
      data: {
        projectId: ctx.project.id,
        id: newId(),
        version: known + 1,
        definition: structuredClone(input.definition) as object,
        ...(rates ? { rates: structuredClone(rates) as object } : {}),
        note: input.note,
        basedOn: known === 0 ? null : known,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      },
    });
    const before = newest ? contractDefinitionSchema.parse(newest.definition) : { rules: [] };
    const diff = diffContracts(before, input.definition);
    await writeAudit(tx, ctx, {
      action: "contract.publish",
      objectKind: "contract",
      objectId: created.id,
      details: {
        version: created.version,
        rules: input.definition.rules.length,
        added: named(diff.added.map(ruleKey)),
        removed: named(diff.removed.map(ruleKey)),
        changed: named(diff.changed.map(({ after }) => ruleKey(after))),
      },
    });
    await endBreakers(tx, ctx.project.id);
    return created;
  });
  forgetContract(ctx.project.id);
  const { id, version, note, basedOn, createdAt } = published;
  return { id, version, definition: input.definition, rates, note, basedOn, createdAt };
}

function named(keys: readonly string[]): string[] {
  return keys.length <= MOST_NAMED
    ? [...keys]
    : [...keys.slice(0, MOST_NAMED), `and ${keys.length - MOST_NAMED} more`];
}

/** Null without a pilot: an imported contract may come before it. */
export async function ratesOf(
  ctx: Pick<Ctx, "db" | "project">,
  definition: ContractDefinition,
): Promise<CrossValidation | null> {
  const folds = await pilotFolds(ctx);
  return folds.records.every((part) => part.length === 0) ? null : await crossValidate(folds, definition);
}
