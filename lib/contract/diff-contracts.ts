import { type ContractDefinition, type Rule, ruleKey } from "./schema";

/** What one version does otherwise than another. */
export interface ContractDiff {
  added: Rule[];
  removed: Rule[];
  changed: { before: Rule; after: Rule }[];
}

/** Compares what rules ask for and who stands behind them; new counts from a new pilot alone are no change. */
export function diffContracts(before: ContractDefinition, after: ContractDefinition): ContractDiff {
  const old = new Map(before.rules.map((rule) => [ruleKey(rule), rule]));
  const kept = new Set(after.rules.map(ruleKey));
  const diff: ContractDiff = { added: [], removed: [], changed: [] };
  for (const rule of after.rules) {
    const was = old.get(ruleKey(rule));
    if (!was) diff.added.push(rule);
    else if (meaning(was) !== meaning(rule)) diff.changed.push({ before: was, after: rule });
  }
  diff.removed = before.rules.filter((rule) => !kept.has(ruleKey(rule)));
  return diff;
}

function meaning(rule: Rule): string {
  const { support: _, pilot_violations: __, expected_rate: ___, rate_at_most: ____, ...asked } = rule;
  return JSON.stringify(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1)));
}
