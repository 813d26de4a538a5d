import {
  type ContractDefinition,
  contractDefinitionSchema,
  type FORMATS,
  MOST_RULES,
  ruleKey,
  type TYPES,
} from "./schema";
import { pathTo } from "./values-at";

/** What was made of a JSON Schema; what has no counterpart is named, never dropped in silence. */
export interface ImportedSchema {
  definition: ContractDefinition;
  /** Pointer into the schema and the keyword that says more than our rules can. */
  unsupported: { pointer: string; keyword: string }[];
}

type Schema = Record<string, unknown>;

const MAX_DEPTH = 8;
const MOST_UNSUPPORTED = 200;
/** Say nothing about values. */
const SILENT = new Set(
  "$schema $id $comment title description default examples deprecated readOnly writeOnly definitions $defs".split(
    " ",
  ),
);
const READ = new Set(
  "type enum const minimum maximum minLength maxLength minItems maxItems format properties required items additionalProperties nullable".split(
    " ",
  ),
);
const TYPE_NAMES: Record<string, (typeof TYPES)[number]> = {
  string: "text",
  number: "number",
  integer: "number",
  boolean: "boolean",
  object: "object",
  array: "array",
  null: "null",
};
const FORMAT_NAMES: Record<string, (typeof FORMATS)[number]> = {
  date: "date",
  "date-time": "datetime",
  uuid: "uuid",
  email: "email",
  uri: "url",
  url: "url",
};

/**
 * Translates a JSON Schema into rules below `root` ("/input" or "/output"). Rules are a person's ("edited"): they flag, and hold records
 * back only once somebody locks them. Regular expressions, references and combinations have no counterpart and are reported. Pure.
 */
export function importJsonSchema(schema: unknown, root: "/input" | "/output"): ImportedSchema {
  const out: ImportedSchema = { definition: { rules: [] }, unsupported: [] };
  translate(out, schema, { path: root, pointer: "", depth: 0 });
  const seen = new Set<string>();
  const rules = out.definition.rules.filter((rule) => {
    const key = ruleKey(rule);
    return !seen.has(key) && seen.add(key) && contractDefinitionSchema.safeParse({ rules: [rule] }).success;
  });
  out.definition = { rules: rules.slice(0, MOST_RULES) };
  return out;
}

interface At {
  path: string;
  pointer: string;
  depth: number;
}

const common = {
  support: 0,
  pilot_violations: 0,
  expected_rate: null,
  rate_at_most: null,
  origin: "edited" as const,
};

function report(out: ImportedSchema, at: At, keyword: string): void {
  if (out.unsupported.length < MOST_UNSUPPORTED) out.unsupported.push({ pointer: at.pointer, keyword });
}

function translate(out: ImportedSchema, schema: unknown, at: At): void {
  if (schema === true) return;
  if (typeof schema !== "object" || schema === null || Array.isArray(schema) || at.depth > MAX_DEPTH) {
    report(out, at, at.depth > MAX_DEPTH ? "depth" : "schema");
    return;
  }
  const given = schema as Schema;
  for (const keyword of Object.keys(given)) {
    if (!READ.has(keyword) && !SILENT.has(keyword)) report(out, at, keyword);
  }
  translateType(out, given, at);
  translateValues(out, given, at);
  translateLimits(out, given, at);
  translateMembers(out, given, at);
  if (given.items !== undefined) {
    const below = { path: `${at.path}/*`, pointer: `${at.pointer}/items`, depth: at.depth + 1 };
    if (Array.isArray(given.items)) report(out, at, "items");
    else translate(out, given.items, below);
  }
}

function translateType(out: ImportedSchema, schema: Schema, at: At): void {
  if (schema.type === undefined) return;
  const names = Array.isArray(schema.type) ? schema.type : [schema.type];
  const types = names.map((name) => (typeof name === "string" ? TYPE_NAMES[name] : undefined));
  if (types.some((type) => type === undefined) || types.length === 0) return report(out, at, "type");
  if (names.includes("integer") && !names.includes("number"))
    report(out, at, "type: integer (taken as number)");
  const known = [...new Set(types)].filter((type) => type !== undefined);
  if (!known.includes("null") && schema.nullable !== true) {
    out.definition.rules.push({ rule: "not_null", path: at.path, ...common });
  }
  const others = known.filter((type) => type !== "null");
  if (others.length > 0) out.definition.rules.push({ rule: "type", path: at.path, types: others, ...common });
}

function translateValues(out: ImportedSchema, schema: Schema, at: At): void {
  if (schema.enum === undefined && schema.const === undefined) return;
  const listed = schema.enum === undefined ? [schema.const] : schema.enum;
  const keyword = schema.enum === undefined ? "const" : "enum";
  if (
    !Array.isArray(listed) ||
    listed.length > 200 ||
    listed.some((value) => typeof value === "object" && value !== null)
  ) {
    return report(out, at, keyword);
  }
  const values = [...new Set(listed.filter((value) => value !== null).map(String))];
  if (values.length === 0 || values.some((value) => value.length > 200)) return report(out, at, keyword);
  out.definition.rules.push({ rule: "values", path: at.path, values, open: false, ...common });
}

const asNumber = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

function translateLimits(out: ImportedSchema, schema: Schema, at: At): void {
  const [low, high] = [asNumber(schema.minimum), asNumber(schema.maximum)];
  if (low !== null || high !== null) {
    out.definition.rules.push({ rule: "range", path: at.path, low, high, hard: false, ...common });
  }
  const least = asNumber(schema.minLength) ?? asNumber(schema.minItems);
  const most = asNumber(schema.maxLength) ?? asNumber(schema.maxItems);
  if (least !== null || most !== null) {
    out.definition.rules.push({
      rule: "length",
      path: at.path,
      low: least ?? 0,
      high: most ?? 1e9,
      ...common,
    });
  }
  if (schema.format === undefined) return;
  const format = typeof schema.format === "string" ? FORMAT_NAMES[schema.format] : undefined;
  if (format) out.definition.rules.push({ rule: "format", path: at.path, format, ...common });
  else report(out, at, "format");
}

function translateMembers(out: ImportedSchema, schema: Schema, at: At): void {
  const { properties, required, additionalProperties } = schema;
  const named = typeof properties === "object" && properties !== null && !Array.isArray(properties);
  const keys = named ? Object.keys(properties) : [];
  for (const key of keys) {
    const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
    const below = {
      path: pathTo(at.path, key),
      pointer: `${at.pointer}/properties/${step}`,
      depth: at.depth + 1,
    };
    translate(out, (properties as Schema)[key], below);
  }
  if (Array.isArray(required)) {
    for (const key of required) {
      if (typeof key === "string")
        out.definition.rules.push({ rule: "required", path: pathTo(at.path, key), ...common });
    }
  } else if (required !== undefined) report(out, at, "required");
  if (additionalProperties === false && keys.length > 0 && keys.length <= 500) {
    out.definition.rules.push({ rule: "known_fields", path: at.path, fields: keys, ...common });
  } else if (typeof additionalProperties === "object") {
    const below = {
      path: `${at.path}/*`,
      pointer: `${at.pointer}/additionalProperties`,
      depth: at.depth + 1,
    };
    translate(out, additionalProperties, below);
  } else if (additionalProperties === false) report(out, at, "additionalProperties");
}
