import { reasonSentence } from "./reason";

/** As it is stored; an older or newer release may have written it. */
interface StoredReason {
  code: string;
  path: string;
  observed?: string | number | boolean | null | undefined;
  expected?: string | undefined;
}

/** A reason as people read it. */
export interface ShownReason {
  sentence: string;
  path: string;
  expected: string | null;
  /** Null also for those who may not see payloads. */
  observed: string | null;
}

/** What was found in the record is payload: shown to those who may see payloads. */
export function shownReasons(
  reasons: readonly StoredReason[],
  canSeePayload: boolean,
): readonly ShownReason[] {
  return reasons.map(({ code, path, observed, expected }) => ({
    sentence: reasonSentence(code),
    path,
    expected: expected ?? null,
    observed: canSeePayload && observed !== undefined && observed !== null ? String(observed) : null,
  }));
}
