import type { ContractDefinition, Rule, RuleName } from "./schema";
import { textPattern } from "./text-signs";

/** What records broke at one path, with what they held there; most first. */
export interface BrokenPlace {
  code: string;
  path: string;
  observed: readonly { value: string | number | boolean | null; records: number }[];
  /** Forms of the record, where its form is what is new. */
  shapes: readonly string[];
}

export interface RuleChange {
  before: Rule;
  /** Null: the rule goes. */
  after: Rule | null;
}

const RULE_OF: Readonly<Record<string, RuleName>> = {
  VALUE_UNSEEN_LABEL: "labels",
  VALUE_UNSEEN_CATEGORY: "values",
  VALUE_BELOW_RANGE: "range",
  VALUE_ABOVE_RANGE: "range",
  TYPE_MISMATCH: "type",
  TYPE_COERCIBLE: "type",
  FIELD_MISSING_REQUIRED: "required",
  FIELD_NULL_REQUIRED: "not_null",
  FIELD_EMPTY: "not_empty",
  FIELD_SENTINEL: "placeholder",
  FIELD_UNEXPECTED: "known_fields",
  FORMAT_UNPARSEABLE: "format",
  FORMAT_AMBIGUOUS_DATE: "format",
  FORMAT_NEW_PATTERN: "patterns",
  TEXT_TOO_SHORT: "length",
  TEXT_TOO_LONG: "length",
  TEXT_ENCODING: "encoding",
  TEXT_LANGUAGE: "language",
  VALUE_REPEATED: "unique",
  STRUCT_UNSEEN_SHAPE: "shape",
  CROSS_ORDER: "order",
  CROSS_NULL_GROUP: "null_together",
};

/** A value in fewer than this share of the records that break a rule is an exception still. */
const LEAST_SHARE = 0.01;
/** With more new values than that it is no list. */
const MOST_NEW = 40;
const MOST_LISTED = 200;

/** The rules as they would have to be for these records to keep them; each change by itself. Pure. */
export function loosenRules(
  { rules }: ContractDefinition,
  broken: readonly BrokenPlace[],
): { definition: ContractDefinition; changes: RuleChange[] } {
  const changes = new Map<Rule, RuleChange>();
  for (const place of broken) {
    const name = RULE_OF[place.code];
    for (const rule of rules) {
      if (rule.rule !== name || rule.path !== place.path) continue;
      const known = changes.get(rule);
      const from = known ? known.after : rule;
      if (from) changes.set(rule, { before: rule, after: loosened(from, place) });
    }
  }
  const real = [...changes.values()].filter(
    ({ before, after }) => JSON.stringify(before) !== JSON.stringify(after),
  );
  const after = new Map(real.map((change) => [change.before, change.after]));
  const kept = rules.flatMap((rule) => {
    const next = after.get(rule);
    return next === undefined ? [rule] : next === null ? [] : [next];
  });
  return { definition: { rules: kept }, changes: real };
}

/** A person's from now on: the pilot does not say so. */
function edited<R extends Rule>(rule: R): R {
  const origin = rule.origin === "locked" ? "locked" : "edited";
  return { ...rule, origin, expected_rate: null, rate_at_most: null };
}

function loosened(rule: Rule, place: BrokenPlace): Rule | null {
  const fresh = commonValues(place);
  const texts = fresh.map(String);
  const numbers = place.observed.map(({ value }) => Number(value)).filter(Number.isFinite);
  switch (rule.rule) {
    case "labels":
      return edited({ ...rule, values: joined(rule.values, texts.slice(0, MOST_NEW)) });
    case "values":
      return place.observed.length > MOST_NEW || rule.values.length + texts.length > MOST_LISTED
        ? edited({ ...rule, open: true })
        : edited({ ...rule, values: joined(rule.values, texts) });
    case "range":
      return edited({
        ...rule,
        low: rule.low === null ? null : Math.min(rule.low, ...numbers),
        high: rule.high === null ? null : Math.max(rule.high, ...numbers),
      });
    case "length":
      return edited({
        ...rule,
        low: Math.min(rule.low, ...numbers),
        high: Math.max(rule.high, ...numbers),
      });
    case "type":
      return edited({ ...rule, types: [...new Set([...rule.types, ...fresh.map(typeOf)])] });
    case "placeholder":
      return edited({ ...rule, allowed: joined(rule.allowed, texts).slice(0, 64) });
    case "patterns": {
      const patterns = joined(rule.patterns, texts.map(textPattern));
      return patterns.length > 32 ? null : edited({ ...rule, patterns });
    }
    case "language": {
      const languages = joined(rule.languages, texts);
      return languages.length > 16 ? null : edited({ ...rule, languages });
    }
    case "known_fields":
      return edited({ ...rule, fields: joined(rule.fields, texts) });
    case "shape": {
      const shapes = joined(rule.shapes, place.shapes);
      return place.shapes.length === 0 || shapes.length > 128 ? null : edited({ ...rule, shapes });
    }
    default:
      return null;
  }
}

/** What many of the records hold; without any such value, the commonest one. */
function commonValues({ observed }: BrokenPlace): (string | number | boolean)[] {
  const all = observed.reduce((sum, { records }) => sum + records, 0);
  // A value that was cut to be shown is not known.
  const whole = observed.flatMap(({ value, records }) =>
    value === null || (typeof value === "string" && value.endsWith("…")) ? [] : [{ value, records }],
  );
  const common = whole.filter(({ records }) => records >= Math.max(2, LEAST_SHARE * all));
  return (common.length > 0 ? common : whole.slice(0, 1)).map(({ value }) => value);
}

function joined(known: readonly string[], fresh: readonly string[]): string[] {
  return [...new Set([...known, ...fresh])];
}

type TypeName = Extract<Rule, { rule: "type" }>["types"][number];

/** Of a value as a reason shows it. */
function typeOf(value: string | number | boolean): TypeName {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return value === "an array" ? "array" : value === "an object" ? "object" : "text";
}
