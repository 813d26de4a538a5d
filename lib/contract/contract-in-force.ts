import type { Db } from "@/lib/db/client";
import { type CompiledContract, compileContract } from "./compile-contract";
import { contractDefinitionSchema, type CrossValidation, crossValidationSchema } from "./schema";

/** The newest version, ready for checking. */
export interface ContractInForce {
  version: number;
  contract: CompiledContract;
  /** Shares of records that the pilot leads to expect, by reason. */
  expected: ReadonlyMap<string, number>;
}

const FRESH_MS = 5_000;
const MOST_ENTRIES = 1_000;

interface Entry {
  loadedAt: number;
  value: Promise<ContractInForce | null>;
}
const entries = new Map<string, Entry>();
/** Versions never change: a compiled one is good for as long as it is in force. */
const compiled = new Map<string, ContractInForce>();

/** Null where the project has none. A new version counts within five seconds, and at once for whoever has published it here. */
export function contractInForce(db: Db, projectId: string): Promise<ContractInForce | null> {
  const known = entries.get(projectId);
  if (known && performance.now() - known.loadedAt < FRESH_MS) return known.value;
  if (entries.size >= MOST_ENTRIES) {
    entries.clear();
    compiled.clear();
  }
  const value = load(db, projectId);
  const entry = { loadedAt: performance.now(), value };
  entries.set(projectId, entry);
  value.catch(() => {
    if (entries.get(projectId) === entry) entries.delete(projectId);
  });
  return value;
}

export function forgetContract(projectId: string): void {
  entries.delete(projectId);
}

async function load(db: Db, projectId: string): Promise<ContractInForce | null> {
  const newest = await db.contract.findFirst({
    where: { projectId },
    orderBy: { version: "desc" },
    select: { version: true },
  });
  if (!newest) return null;
  const known = compiled.get(projectId);
  if (known?.version === newest.version) return known;
  const row = await db.contract.findUniqueOrThrow({
    where: { projectId_version: { projectId, version: newest.version } },
  });
  const made = {
    version: row.version,
    contract: compileContract(contractDefinitionSchema.parse(row.definition)),
    expected: expectedShares(row.rates === null ? null : crossValidationSchema.parse(row.rates)),
  };
  compiled.set(projectId, made);
  return made;
}

/** Of a code at several paths at most the sum: a breaker would rather open too late. */
function expectedShares(rates: CrossValidation | null): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { code, share } of rates?.by_rule ?? []) {
    shares.set(code, Math.min(1, (shares.get(code) ?? 0) + share));
  }
  return shares;
}
