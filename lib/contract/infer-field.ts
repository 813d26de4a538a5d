import { clopperPearson } from "@/lib/stats/clopper-pearson";
import { wilsonInterval } from "@/lib/stats/wilson-interval";
import { type NumberStats, sampleQuantile } from "./number-stats";
import { nullCount, type PathProfile, totalCount, typeCount } from "./profile";
import { FORMATS, type Rule, TYPES } from "./schema";
import type { TextFormat } from "./text-signs";
import type { TextStats } from "./text-stats";
import { unseenMass } from "./value-counts";

/** Below, a field says too little for a rule. */
export const LEAST_SUPPORT = 30;
const DOMINANT = 0.99;
const CLOSED_MASS = 0.01;
const OPEN_MASS = 0.05;
const MOST_VALUES = 100;
const MOST_LABELS = 50;
const LONGEST_CODE = 40;
const LEAST_TOLD = 100;
const MOST_LANGUAGES = 8;

interface Field {
  path: string;
  /** Objects in which it could have been. */
  parents: number;
  profile: PathProfile;
  /** Elements of arrays and values of maps are never required. */
  repeated: boolean;
}

/** What a rule rests on, when `broken` of `n` pilot records break it: the rule of succession, and the exact upper limit. */
export function evidence(n: number, broken: number) {
  return {
    support: n,
    pilot_violations: broken,
    expected_rate: (broken + 1) / (n + 2),
    rate_at_most:
      broken === 0 ? 1 - 0.05 ** (1 / Math.max(1, n)) : (clopperPearson(broken, n, 0.9)?.high ?? 1),
    origin: "inferred" as const,
  };
}

/** With limits at the extremes of n values, the next is outside of them two times in n + 1. */
function extremeEvidence(n: number) {
  return { ...evidence(n, 0), expected_rate: Math.min(1, 2 / (n + 1)) };
}

/** How likely the next value is one that never came. */
function unseenEvidence(n: number, mass: number) {
  return { ...evidence(n, 0), expected_rate: mass };
}

/** Every rule that one field of the pilot supports. */
export function inferField(field: Field): Rule[] {
  const { path, parents, profile, repeated } = field;
  const came = totalCount(profile);
  if (came < LEAST_SUPPORT) return [];
  const rules: Rule[] = [];
  const filled = came - nullCount(profile);
  const texts = profile.texts;
  const empty = texts?.empty ?? 0;
  if (!repeated) {
    if (came >= parents) rules.push({ rule: "required", path, ...evidence(parents, parents - came) });
    if (nullCount(profile) === 0) rules.push({ rule: "not_null", path, ...evidence(came, 0) });
    const present = filled - empty;
    if (present < parents && present > 0 && parents >= 100) {
      const least = wilsonInterval(present, parents)?.low ?? 0;
      rules.push({
        rule: "completeness",
        path,
        least,
        ...evidence(parents, parents - present),
        expected_rate: null,
      });
    }
  }
  if (filled < LEAST_SUPPORT) return rules;
  rules.push(...inferType(path, profile, filled));
  if (texts && texts.n >= LEAST_SUPPORT && empty / (texts.n + empty) < 0.01) {
    rules.push({ rule: "not_empty", path, ...evidence(texts.n + empty, empty) });
  }
  rules.push(...inferPlaceholder(path, profile));
  if (typeCount(profile, "number") >= LEAST_SUPPORT && profile.numbers) {
    rules.push(...inferRange(path, profile.numbers));
  }
  if (texts && texts.n >= LEAST_SUPPORT) rules.push(...inferText(path, texts));
  if (profile.lengths && typeCount(profile, "array") >= LEAST_SUPPORT) {
    rules.push(...inferLength(path, profile.lengths));
  }
  return rules;
}

/** The type of at least 99 in 100 values, else all that came. Null has rules of its own. */
function inferType(path: string, profile: PathProfile, filled: number): Rule[] {
  const counts = TYPES.map((type, at) => ({ type, count: profile.types[at] ?? 0 }));
  const present = counts.filter(({ type, count }) => type !== "null" && count > 0);
  const dominant = present.find(({ count }) => count >= DOMINANT * filled);
  const types = dominant ? [dominant.type] : present.map(({ type }) => type);
  return [{ rule: "type", path, types, ...evidence(filled, dominant ? filled - dominant.count : 0) }];
}

function inferPlaceholder(path: string, profile: PathProfile): Rule[] {
  const n = (profile.texts?.n ?? 0) + (profile.numbers?.n ?? 0);
  if (n < LEAST_SUPPORT) return [];
  const allowed = [...(profile.placeholders?.counts.keys() ?? [])].sort();
  return [{ rule: "placeholder", path, allowed, ...evidence(n, 0) }];
}

/** Half an interquartile range beyond what came; what was never negative stays so. */
function softLimits(stats: NumberStats): { low: number; high: number } {
  const margin = ((sampleQuantile(stats, 0.75) ?? 0) - (sampleQuantile(stats, 0.25) ?? 0)) / 2;
  return {
    low: stats.low >= 0 ? Math.max(0, stats.low - margin) : stats.low - margin,
    high: stats.high <= 0 ? Math.min(0, stats.high + margin) : stats.high + margin,
  };
}

function inferRange(path: string, stats: NumberStats): Rule[] {
  const { low, high } = softLimits(stats);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [];
  const limit = (value: number) => Math.max(-1e300, Math.min(1e300, value));
  return [
    { rule: "range", path, low: limit(low), high: limit(high), hard: false, ...extremeEvidence(stats.n) },
  ];
}

function inferLength(path: string, stats: NumberStats): Rule[] {
  const { low, high } = softLimits(stats);
  return [
    {
      rule: "length",
      path,
      low: Math.max(0, Math.ceil(low)),
      high: Math.floor(high),
      ...extremeEvidence(stats.n),
    },
  ];
}

/** A list of values where few are new; else a format, or the looks that came; lengths of free text. */
function inferText(path: string, texts: TextStats): Rule[] {
  const rules: Rule[] = [{ rule: "encoding", path, ...evidence(texts.n, texts.badlyEncoded) }].filter(
    () => texts.badlyEncoded <= 0.01 * texts.n,
  ) as Rule[];
  const format = formatOf(texts);
  const { values } = texts;
  const mass = unseenMass(values, texts.n);
  const few = texts.long === 0 && !values.overflow && values.counts.size <= MOST_VALUES;
  const listed = few && mass <= OPEN_MASS && (format === null || format === "boolean");
  // A list of yes and no says more than that they are booleans, and one mistake is one reason.
  if (format && !listed) {
    const at = FORMATS.indexOf(format);
    rules.push({ rule: "format", path, format, ...evidence(texts.n, texts.n - (texts.formats[at] ?? 0)) });
  }
  if (format === "number") {
    rules.push(...inferRange(path, texts.numbers));
    return rules;
  }
  if (listed) {
    const known = [...values.counts.keys()].sort();
    // A pilot with one answer only does not say which others are allowed.
    const isLabel =
      path.startsWith("/output") &&
      known.length >= 2 &&
      known.length <= MOST_LABELS &&
      mass <= CLOSED_MASS / 5;
    const shared = { path, values: known, ...unseenEvidence(texts.n, mass) };
    rules.push(
      isLabel && texts.n >= 300
        ? { rule: "labels", ...shared }
        : { rule: "values", open: mass > CLOSED_MASS, ...shared },
    );
    return rules;
  }
  rules.push(...inferLanguage(path, texts));
  // Sentences have no pattern; codes and names do.
  if (format === null && texts.length.high <= LONGEST_CODE) rules.push(...inferPatterns(path, texts));
  if (format === null || format === "json" || format === "base64" || format === "url") {
    rules.push(...inferLength(path, texts.length));
  }
  return rules;
}

/** Where a hundred texts can be told, and hardly any is in a language of its own. */
function inferLanguage(path: string, { languages }: TextStats): Rule[] {
  let told = 0;
  for (const count of languages.counts.values()) told += count;
  const mass = unseenMass(languages, told);
  if (told < LEAST_TOLD || languages.counts.size > MOST_LANGUAGES || mass > CLOSED_MASS) return [];
  const known = [...languages.counts.keys()].sort();
  return [{ rule: "language", path, languages: known, ...unseenEvidence(told, mass) }];
}

function formatOf(texts: TextStats): TextFormat | null {
  return FORMATS.find((_, at) => (texts.formats[at] ?? 0) >= DOMINANT * texts.n) ?? null;
}

function inferPatterns(path: string, texts: TextStats): Rule[] {
  const mass = unseenMass(texts.patterns, texts.n);
  if (texts.patterns.overflow || mass > CLOSED_MASS) return [];
  const patterns = [...texts.patterns.counts.keys()].sort();
  return [{ rule: "patterns", path, patterns, ...unseenEvidence(texts.n, mass) }];
}
