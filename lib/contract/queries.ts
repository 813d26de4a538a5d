import type { Ctx } from "@/lib/core/ctx";
import type { ContractVersion } from "./publish-contract";
import {
  type ContractDefinition,
  contractDefinitionSchema,
  type CrossValidation,
  crossValidationSchema,
} from "./schema";

export type PublishedContract = ContractVersion & { createdBy: string | null };

const MOST_VERSIONS = 20;

/** The newest versions, newest first: the first one is in force. */
export async function contractVersions(ctx: Pick<Ctx, "db" | "project">): Promise<PublishedContract[]> {
  const rows = await ctx.db.contract.findMany({
    where: { projectId: ctx.project.id },
    orderBy: { version: "desc" },
    take: MOST_VERSIONS,
  });
  const authors = rows.flatMap(({ createdBy }) => (createdBy ? [createdBy] : []));
  const people = await ctx.db.user.findMany({
    where: { id: { in: authors } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map(({ id, version, definition, rates, note, basedOn, createdBy, createdAt }) => ({
    id,
    version,
    definition: contractDefinitionSchema.parse(definition),
    rates: rates === null ? null : crossValidationSchema.parse(rates),
    note,
    basedOn,
    createdAt,
    createdBy: createdBy === null ? null : (names.get(createdBy) ?? null),
  }));
}

export interface ContractDraftRow {
  state: "WAITING" | "READY" | "FAILED";
  definition: ContractDefinition | null;
  rates: CrossValidation | null;
  records: number;
  pilotRecords: number;
  problem: string | null;
  requestedAt: Date;
}

/** What the last inference gave; null when nobody asked for one. */
export async function contractDraft({
  db,
  project,
}: Pick<Ctx, "db" | "project">): Promise<ContractDraftRow | null> {
  const row = await db.contractDraft.findUnique({ where: { projectId: project.id } });
  if (!row) return null;
  const { state, definition, rates, records, pilotRecords, problem, requestedAt } = row;
  return {
    state,
    definition: definition === null ? null : contractDefinitionSchema.parse(definition),
    rates: rates === null ? null : crossValidationSchema.parse(rates),
    records,
    pilotRecords,
    problem,
    requestedAt,
  };
}
