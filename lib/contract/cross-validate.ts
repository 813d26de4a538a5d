import { setImmediate as breathe } from "node:timers/promises";
import { wilsonInterval } from "@/lib/stats/wilson-interval";
import { dispositionOf, checkRecord } from "./check-record";
import { compileContract } from "./compile-contract";
import { inferContract, profileOf } from "./infer-contract";
import { mergeProfile, noProfile, type Profile } from "./profile";
import type { KeyedFacts } from "./record-facts";
import { type ContractDefinition, type CrossValidation, type Rule, ruleKey } from "./schema";
import { mixHash, textHash } from "./text-hash";

export const FOLDS = 10;
const MOST_SHOWN = 200;

/** The pilot in ten parts, by hashes of the records' keys, with what each would be judged by. */
export interface Folds {
  records: KeyedFacts[][];
  /** Inferred from the nine other parts. */
  inferred: ContractDefinition[];
}

/** Infers ten times from nine tenths, others get their turn in between; who edits rules then waits for checks only. */
export async function makeFolds(records: readonly KeyedFacts[]): Promise<Folds> {
  const parts: KeyedFacts[][] = Array.from({ length: FOLDS }, () => []);
  for (const record of records) parts[mixHash(textHash(record.key), 17) % FOLDS]?.push(record);
  const profiles: Profile[] = [];
  for (const part of parts) {
    profiles.push(profileOf(part));
    await breathe();
  }
  const inferred: ContractDefinition[] = [];
  for (const left of parts.keys()) {
    const rest = noProfile();
    for (const [at, profile] of profiles.entries()) if (at !== left) mergeProfile(rest, profile);
    await breathe();
    const others = parts.flatMap((part, at) => (at === left ? [] : part));
    inferred.push(inferContract(rest, others));
    await breathe();
  }
  return { records: parts, inferred };
}

/**
 * How many pilot-like records a contract would flag and hold back: each record is judged by what the other nine tenths say. Rules that
 * a person edited or locked hold as they are; inferred ones as far as the contract has them.
 */
export async function crossValidate(folds: Folds, definition: ContractDefinition): Promise<CrossValidation> {
  const tally = { records: 0, flagged: 0, quarantined: 0 };
  const byRule = new Map<string, { code: string; path: string; records: number }>();
  for (const [at, part] of folds.records.entries()) {
    await breathe();
    const contract = compileContract(foldContract(folds.inferred[at] ?? { rules: [] }, definition));
    for (const { facts } of part) {
      const checked = checkRecord(contract, facts);
      const disposition = dispositionOf(checked);
      tally.records += 1;
      if (disposition === "flagged") tally.flagged += 1;
      if (disposition === "quarantined") tally.quarantined += 1;
      for (const { code, path, effect } of checked.reasons) {
        if (effect === "A") continue;
        const row = byRule.get(`${code} ${path}`) ?? { code, path, records: 0 };
        row.records += 1;
        byRule.set(`${code} ${path}`, row);
      }
    }
  }
  const flagged = wilsonInterval(tally.flagged, tally.records) ?? { low: 0, high: 1 };
  const quarantined = wilsonInterval(tally.quarantined, tally.records) ?? { low: 0, high: 1 };
  const share = (count: number) => (tally.records === 0 ? 0 : count / tally.records);
  return {
    records: tally.records,
    folds: FOLDS,
    flagged: share(tally.flagged),
    flagged_low: flagged.low,
    flagged_high: flagged.high,
    quarantined: share(tally.quarantined),
    quarantined_low: quarantined.low,
    quarantined_high: quarantined.high,
    by_rule: [...byRule.values()]
      .sort((a, b) => b.records - a.records || (`${a.code}${a.path}` < `${b.code}${b.path}` ? -1 : 1))
      .slice(0, MOST_SHOWN)
      .map((row) => ({ ...row, share: share(row.records) })),
  };
}

function foldContract(inferred: ContractDefinition, definition: ContractDefinition): ContractDefinition {
  const ofFold = new Map(inferred.rules.map((rule): [string, Rule] => [ruleKey(rule), rule]));
  const rules = definition.rules.flatMap((rule): Rule[] => {
    if (rule.origin !== "inferred") return [rule];
    const own = ofFold.get(ruleKey(rule));
    return own ? [own] : [];
  });
  return { rules };
}
