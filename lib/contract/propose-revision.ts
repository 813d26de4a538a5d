import type { Ctx } from "@/lib/core/ctx";
import { type BrokenPlace, loosenRules, type RuleChange } from "./loosen-rules";
import { ratesOf } from "./publish-contract";
import { readBroken } from "./read-broken";
import { type ContractDefinition, contractDefinitionSchema, type CrossValidation } from "./schema";

/** The contract in force, loosened so that records which break it in mass keep it. */
export interface ProposedRevision {
  /** The version that it starts from. */
  baseVersion: number;
  definition: ContractDefinition;
  changes: RuleChange[];
  /** What it would do to pilot-like records; null without a pilot. */
  rates: CrossValidation | null;
}

/** One for all the codes that one change broke; null where no rule is behind them, or nothing that came is known any more. */
export async function proposeRevision(
  ctx: Pick<Ctx, "db" | "project">,
  codes: readonly string[],
): Promise<ProposedRevision | null> {
  return proposeFor(ctx, (await Promise.all(codes.map((code) => readBroken(ctx, code)))).flat());
}

export async function proposeFor(
  ctx: Pick<Ctx, "db" | "project">,
  broken: readonly BrokenPlace[],
): Promise<ProposedRevision | null> {
  if (broken.length === 0) return null;
  const newest = await ctx.db.contract.findFirst({
    where: { projectId: ctx.project.id },
    orderBy: { version: "desc" },
  });
  if (!newest) return null;
  const { definition, changes } = loosenRules(contractDefinitionSchema.parse(newest.definition), broken);
  const checked = contractDefinitionSchema.safeParse(definition);
  if (changes.length === 0 || !checked.success) return null;
  return { baseVersion: newest.version, definition, changes, rates: await ratesOf(ctx, definition) };
}
