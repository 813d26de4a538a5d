import type { ContractDefinition, Rule, RuleName } from "./schema";
import { ownWords } from "./text-language";
import { pathSteps } from "./values-at";

type RuleOf<N extends RuleName> = Extract<Rule, { rule: N }>;
/** A list of values as a set, made once. */
type Listed<N extends RuleName> = RuleOf<N> & { set: ReadonlySet<string> };

/** The rules of one path, and the paths below it. */
export interface PathRules {
  path: string;
  type?: RuleOf<"type">;
  required?: RuleOf<"required">;
  not_null?: RuleOf<"not_null">;
  not_empty?: RuleOf<"not_empty">;
  placeholder?: Listed<"placeholder">;
  values?: Listed<"values">;
  labels?: Listed<"labels">;
  range?: RuleOf<"range">;
  length?: RuleOf<"length">;
  format?: RuleOf<"format">;
  patterns?: Listed<"patterns">;
  encoding?: RuleOf<"encoding">;
  language?: Listed<"language"> & { words: ReadonlySet<string> };
  shape?: Listed<"shape">;
  known_fields?: Listed<"known_fields">;
  children: Map<string, PathRules>;
  /** For every element, and for every member without rules of its own. */
  every: PathRules | null;
}

/** A contract made ready for checking; the definition itself is never changed. */
export interface CompiledContract {
  root: PathRules;
  orders: RuleOf<"order">[];
  nullGroups: RuleOf<"null_together">[];
  /** Not judged by one record alone. */
  uniques: RuleOf<"unique">[];
}

export function compileContract({ rules }: ContractDefinition): CompiledContract {
  const compiled: CompiledContract = { root: noRules(""), orders: [], nullGroups: [], uniques: [] };
  for (const rule of rules) {
    if (rule.rule === "order") compiled.orders.push(rule);
    else if (rule.rule === "null_together") compiled.nullGroups.push(rule);
    else if (rule.rule === "unique") compiled.uniques.push(rule);
    else if (rule.rule !== "completeness") addRule(placeOf(compiled.root, rule.path), rule);
  }
  return compiled;
}

function noRules(path: string): PathRules {
  return { path, children: new Map(), every: null };
}

function placeOf(root: PathRules, path: string): PathRules {
  let at = root;
  let shown = "";
  const parts = path.slice(1).split("/");
  for (const [index, step] of pathSteps(path).entries()) {
    shown += `/${parts[index] ?? ""}`;
    if (step === null) at = at.every ??= noRules(shown);
    else {
      const child = at.children.get(step) ?? noRules(shown);
      at.children.set(step, child);
      at = child;
    }
  }
  return at;
}

type RecordRule = Exclude<Rule, RuleOf<"order" | "null_together" | "completeness" | "unique">>;

function addRule(to: PathRules, rule: RecordRule): void {
  switch (rule.rule) {
    case "values":
    case "labels":
      Object.assign(to, { [rule.rule]: { ...rule, set: new Set(rule.values) } });
      return;
    case "placeholder":
      to.placeholder = { ...rule, set: new Set(rule.allowed) };
      return;
    case "patterns":
      to.patterns = { ...rule, set: new Set(rule.patterns) };
      return;
    case "language":
      to.language = { ...rule, set: new Set(rule.languages), words: ownWords(rule.languages) };
      return;
    case "shape":
      to.shape = { ...rule, set: new Set(rule.shapes) };
      return;
    case "known_fields":
      to.known_fields = { ...rule, set: new Set(rule.fields) };
      return;
    default:
      Object.assign(to, { [rule.rule]: rule });
  }
}
