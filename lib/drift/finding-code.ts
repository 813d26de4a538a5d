import type { ReasonCode } from "@/lib/quarantine/reason";
import { type DriftReading, hasGrown } from "./drift-reading";
import { FORM_PATH, REPEAT_PATH, UNUSUAL_PATH } from "./output-facts";

const OWN_CODES: Readonly<Record<string, ReasonCode>> = {
  [FORM_PATH]: "W_SHAPE_RATE",
  [UNUSUAL_PATH]: "W_OOD_RATE",
  [REPEAT_PATH]: "W_DUPLICATE_RATE",
  "/confidence": "W_CONFIDENCE_DRIFT",
};

/** What is to be said of an attribute that has moved: what is missing or new first. */
export function findingCode(path: string, reading: DriftReading | null): ReasonCode {
  const own = OWN_CODES[path];
  if (own) return own;
  if (reading && hasGrown(reading.missing)) return "W_COMPLETENESS_LOW";
  if (/^\/output(\/|$)/.test(path)) return "W_OUTPUT_DRIFT";
  return reading && hasGrown(reading.fresh) ? "W_UNSEEN_RATE" : "W_DISTRIBUTION_DRIFT";
}
