import * as z from "zod";

/* Our contract language: a list of plain rules about JSON pointers. No user's regular expression, no arbitrary schema: every rule takes
   time in proportion to the value that it looks at. Browser-safe. */

export const TYPES = ["null", "boolean", "number", "text", "array", "object"] as const;
export const FORMATS = [
  "datetime",
  "date",
  "slashed_date",
  "uuid",
  "email",
  "url",
  "number",
  "boolean",
  "json",
  "base64",
] as const;

/** What a database text can hold: no NUL, no half of a character. */
const storable = (text: string): boolean => !/\u0000|[\uD800-\uDFFF]/u.test(text);

/** "*" stands for every element of an array, or every value of an object whose keys are data. */
const path = z
  .string()
  .max(500)
  .regex(
    /^\/(input|output|confidence|segments|environment|telemetry|model|ground_truth)(\/[^/]{0,200}){0,9}$/,
    "A path like /input/country.",
  )
  .refine(storable, "Characters that can be stored.");
const number = z.number().min(-1e300).max(1e300);
const share = z.number().min(0).max(1);
const count = z.number().int().min(0).max(1e12);
const value = z.string().max(200).refine(storable, "Characters that can be stored.");

const common = {
  path,
  /** Pilot records that the rule rests on, and how many of them broke it. */
  support: count.default(0),
  pilot_violations: count.default(0),
  /** Share of clean records that will break it all the same; null: nobody knows, a person wrote it. */
  expected_rate: share.nullable().default(null),
  /** 95 of 100 such pilots have a true share below this. */
  rate_at_most: share.nullable().default(null),
  /** inferred: follows the pilot. edited: a person set it. locked: a person insists, and records that break it are held back. */
  origin: z.enum(["inferred", "edited", "locked"]).default("inferred"),
};

export const ruleSchema = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("type"), ...common, types: z.array(z.enum(TYPES)).min(1).max(6) }),
  z.strictObject({ rule: z.literal("required"), ...common }),
  z.strictObject({ rule: z.literal("not_null"), ...common }),
  z.strictObject({ rule: z.literal("not_empty"), ...common }),
  /** What systems write for "nothing" (-1, n/a), unless it is listed. */
  z.strictObject({ rule: z.literal("placeholder"), ...common, allowed: z.array(value).max(64) }),
  /** A closed list; an open one only counts what is not on it. */
  z.strictObject({
    rule: z.literal("values"),
    ...common,
    values: z.array(value).min(1).max(200),
    open: z.boolean().default(false),
  }),
  /** The answers that the model may give: a record with another one is held back. */
  z.strictObject({ rule: z.literal("labels"), ...common, values: z.array(value).min(1).max(200) }),
  z.strictObject({
    rule: z.literal("range"),
    ...common,
    low: number.nullable(),
    high: number.nullable(),
    /** Only a person makes a range hard; an inferred one never holds a record back. */
    hard: z.boolean().default(false),
  }),
  z.strictObject({ rule: z.literal("length"), ...common, low: count, high: count }),
  z.strictObject({ rule: z.literal("format"), ...common, format: z.enum(FORMATS) }),
  z.strictObject({ rule: z.literal("patterns"), ...common, patterns: z.array(value).min(1).max(32) }),
  z.strictObject({ rule: z.literal("encoding"), ...common }),
  /** In what texts are written, where that can be told. */
  z.strictObject({ rule: z.literal("language"), ...common, languages: z.array(value).min(1).max(16) }),
  /** No value comes again under another id, as far as one server remembers: `recent-values.ts`. */
  z.strictObject({ rule: z.literal("unique"), ...common }),
  z.strictObject({
    rule: z.literal("shape"),
    ...common,
    shapes: z.array(z.string().length(16)).min(1).max(128),
  }),
  /** Fields that are known below an object; others are counted, and kept. */
  z.strictObject({ rule: z.literal("known_fields"), ...common, fields: z.array(value).min(1).max(500) }),
  z.strictObject({ rule: z.literal("order"), ...common, other: path }),
  z.strictObject({ rule: z.literal("null_together"), ...common, others: z.array(path).min(1).max(31) }),
  /** Judged over a day or a week, never for one record: at least this share has a value. */
  z.strictObject({ rule: z.literal("completeness"), ...common, least: share }),
]);

export const MOST_RULES = 3_000;

export const contractDefinitionSchema = z.strictObject({
  rules: z
    .array(ruleSchema)
    .max(MOST_RULES)
    .refine((rules) => new Set(rules.map(ruleKey)).size === rules.length, "Each rule once for a path."),
});

export type Rule = z.output<typeof ruleSchema>;
export type RuleName = Rule["rule"];
export type ContractDefinition = z.output<typeof contractDefinitionSchema>;

/** What makes a rule the same rule in another version: its kind and its path; for two fields, both. */
export function ruleKey(rule: Rule): string {
  return rule.rule === "order" ? `order ${rule.path} ${rule.other}` : `${rule.rule} ${rule.path}`;
}

/** Rates of a contract on records of the pilot that it was not inferred from. */
export const ruleRateSchema = z.strictObject({
  code: z.string(),
  path: z.string(),
  records: count,
  share,
});
export const crossValidationSchema = z.strictObject({
  records: count,
  folds: z.number().int(),
  flagged: share,
  flagged_low: share,
  flagged_high: share,
  quarantined: share,
  quarantined_low: share,
  quarantined_high: share,
  by_rule: z.array(ruleRateSchema).max(200),
});
export type CrossValidation = z.output<typeof crossValidationSchema>;
