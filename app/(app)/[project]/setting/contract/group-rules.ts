import { type Rule, ruleKey } from "@/lib/contract/schema";

/** All rules of one field. */
export interface FieldRules {
  path: string;
  rules: Rule[];
}

/** Fields in the order of their paths, the record itself first. */
export function rulesByField(rules: readonly Rule[]): FieldRules[] {
  const fields = new Map<string, Rule[]>();
  for (const rule of rules) fields.set(rule.path, [...(fields.get(rule.path) ?? []), rule]);
  return [...fields]
    .map(([path, of]) => ({ path, rules: of }))
    .sort((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1));
}

const ROOTS = ["input", "output", "confidence", "segments", "environment", "telemetry", "model"];

/** What the model is given and gives comes first, truths last. */
function rank(path: string): number {
  const at = ROOTS.indexOf(path.split("/")[1] ?? "");
  return at < 0 ? ROOTS.length : at;
}

/** How a list of rules differs from another: for the counter beside the button. */
export function changeCount(before: readonly Rule[], after: readonly Rule[]): number {
  const old = new Map(before.map((rule) => [ruleKey(rule), JSON.stringify(rule)]));
  const kept = new Set(after.map(ruleKey));
  const changed = after.filter((rule) => old.get(ruleKey(rule)) !== JSON.stringify(rule)).length;
  return changed + before.filter((rule) => !kept.has(ruleKey(rule))).length;
}

/** The rules with one in another form; null takes it away. */
export function withRule(rules: readonly Rule[], key: string, next: Rule | null): Rule[] {
  return rules.flatMap((rule) => (ruleKey(rule) === key ? (next ? [next] : []) : [rule]));
}

/** Rules of a translated schema take the place of those about the same thing. */
export function withImported(rules: readonly Rule[], imported: readonly Rule[]): Rule[] {
  const keys = new Set(imported.map(ruleKey));
  return [...rules.filter((rule) => !keys.has(ruleKey(rule))), ...imported];
}
