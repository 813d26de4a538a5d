import { OTHER_VALUE } from "@/lib/core/segment-value";

/** HELD: in quarantine. Its records are drawn as a stratum of their own. */
export type SampledPhase = "PILOT" | "PRODUCTION" | "HELD";

/** What the decision whether to review an output may depend on; never its label. */
export interface SamplingUnit {
  externalId: string;
  /** Outputs that fail together are drawn together. */
  cluster: string | null;
  phase: SampledPhase;
  segments: Readonly<Record<string, string>>;
  flagged: boolean;
  /** The truth came with this pilot output and can be compared: it counts without a reviewer. */
  hasTruth: boolean;
  /** Arrival for a live stream, occurredAt for a recorded one. */
  instant: Date;
}

/** Names a stratum inside a project. */
export interface StratumKey {
  phase: SampledPhase;
  attribute: string;
  value: string;
  flagged: boolean;
}

/** Attribute of the stratum of pilot outputs whose truth is known: all of them count. */
export const TRUTH_ATTRIBUTE = "$truth";
/** Values of the plan's attribute that are drawn apart; the others are one stratum, OTHER_VALUE. */
export const MOST_STRATUM_VALUES = 60;
const LONGEST_STRATUM_VALUE = 200;

/** The stratum of an output under a plan that divides by `attribute` (null: by nothing). */
export function stratumKey(unit: SamplingUnit, attribute: string | null): StratumKey {
  if (unit.phase === "PILOT" && unit.hasTruth) {
    return { phase: "PILOT", attribute: TRUTH_ATTRIBUTE, value: "", flagged: false };
  }
  const { phase, flagged } = unit;
  // Few as a rule, and all of them odd: one stratum, whatever the plan divides by.
  if (phase === "HELD") return { phase, attribute: "", value: "", flagged: false };
  if (attribute === null) return { phase, attribute: "", value: "", flagged };
  const value = unit.segments[attribute] ?? "";
  return { phase, attribute, value: value.length > LONGEST_STRATUM_VALUE ? OTHER_VALUE : value, flagged };
}

/** One text per stratum key, for maps. */
export function stratumKeyText(key: StratumKey): string {
  return JSON.stringify([key.phase, key.attribute, key.value, key.flagged]);
}
