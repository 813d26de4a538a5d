/**
 * Why a record was quarantined (Q), or accepted and flagged (F). Codes are part of the API and never renamed; the sentences
 * are what people read. Rules that need a contract add theirs when they appear.
 */
export const REASONS = {
  PARSE_INVALID_JSON: { effect: "Q", sentence: "The text is not valid JSON." },
  PARSE_INVALID_UTF8: { effect: "Q", sentence: "The bytes are not valid UTF-8 text." },
  NUMBER_NOT_REPRESENTABLE: { effect: "Q", sentence: "A number would be changed by storing it." },
  NUL_CHARACTER: {
    effect: "Q",
    sentence: "A text contains the character NUL, which no database text can hold.",
  },
  LONE_SURROGATE: { effect: "Q", sentence: "A text contains half of a character (a lone surrogate)." },
  TOO_DEEP: { effect: "Q", sentence: "The record is nested too deeply." },
  DUPLICATE_KEY: { effect: "Q", sentence: "An object has the same key twice." },
  TOO_MANY_KEYS: { effect: "Q", sentence: "The record has too many keys." },
  KEY_TOO_LONG: { effect: "Q", sentence: "A key is too long." },
  RECORD_TOO_LARGE: { effect: "Q", sentence: "The record is larger than one megabyte." },
  ENVELOPE_MISSING_ID: { effect: "Q", sentence: "The record has no usable id." },
  ID_TOO_LONG: { effect: "Q", sentence: "The id is too long." },
  ENVELOPE_BAD_TIME: { effect: "Q", sentence: "The time of the output is missing, malformed or impossible." },
  ENVELOPE_NO_OUTPUT: { effect: "Q", sentence: "The record has no output." },
  FIELD_MISSING_REQUIRED: { effect: "Q", sentence: "A required field is missing." },
  TYPE_MISMATCH: { effect: "Q", sentence: "A field has the wrong type." },
  VALUE_BELOW_RANGE: { effect: "Q", sentence: "A value is too small." },
  VALUE_ABOVE_RANGE: { effect: "Q", sentence: "A value is too large." },
  FIELD_NULL_REQUIRED: { effect: "F", sentence: "A required field is there, but empty (null)." },
  TIME_FUTURE: { effect: "F", sentence: "The output is dated in the future." },
  TIME_STALE: { effect: "F", sentence: "The output arrived more than 90 days after it happened." },
  CONFIDENCE_OUT_OF_RANGE: { effect: "F", sentence: "The confidence is no number between 0 and 1." },
} as const;

export type ReasonCode = keyof typeof REASONS;

/** One thing that is wrong with one record. */
export interface Reason {
  code: ReasonCode;
  /** JSON pointer into the record; "" is the record itself. */
  path: string;
  observed?: string | number | boolean | null;
  expected?: string;
  /** Byte offset in the record, where the text itself is broken. */
  offset?: number;
}

/** The sentence of a code that may come from an older or newer release. */
export function reasonSentence(code: string): string {
  return code in REASONS ? REASONS[code as ReasonCode].sentence : code;
}
