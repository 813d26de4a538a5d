/**
 * Why a record was quarantined (Q), accepted and flagged (F) or only counted (A); W is said of a day or week. Codes are part of the
 * API and never renamed; the sentences are what people read. The effect here is the usual one: for some, a contract decides.
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
  SPAN_NO_CONTENT: {
    effect: "Q",
    sentence: "The span has neither input nor output: its sender does not record them.",
  },
  FIELD_MISSING_REQUIRED: { effect: "Q", sentence: "A required field is missing." },
  TYPE_MISMATCH: { effect: "Q", sentence: "A field has the wrong type." },
  VALUE_UNSEEN_LABEL: { effect: "Q", sentence: "The model gave an answer that it may not give." },
  VALUE_BELOW_RANGE: { effect: "Q", sentence: "A value is too small." },
  VALUE_ABOVE_RANGE: { effect: "Q", sentence: "A value is too large." },
  FIELD_NULL_REQUIRED: { effect: "F", sentence: "A required field is there, but empty (null)." },
  FIELD_EMPTY: { effect: "F", sentence: "A field that always had a text has none." },
  FIELD_SENTINEL: { effect: "F", sentence: "A value stands for “nothing”, like n/a or -1." },
  FIELD_UNEXPECTED: { effect: "A", sentence: "A field came that the contract does not know." },
  TYPE_COERCIBLE: { effect: "F", sentence: "A number came as text, or a text as a number." },
  VALUE_UNSEEN_CATEGORY: { effect: "F", sentence: "A value came that is not on the list." },
  FORMAT_UNPARSEABLE: { effect: "F", sentence: "A text does not have the form that it always had." },
  FORMAT_AMBIGUOUS_DATE: { effect: "F", sentence: "A date can be read in two ways." },
  FORMAT_NEW_PATTERN: { effect: "F", sentence: "A text is written in a way that never came before." },
  TEXT_TOO_SHORT: { effect: "F", sentence: "A text or list is unusually short." },
  TEXT_TOO_LONG: { effect: "F", sentence: "A text or list is unusually long." },
  TEXT_ENCODING: { effect: "F", sentence: "A text has broken characters." },
  TEXT_LANGUAGE: { effect: "F", sentence: "A text is in a language or script that never came before." },
  VALUE_REPEATED: { effect: "F", sentence: "A value came again that was new every time before." },
  STRUCT_UNSEEN_SHAPE: { effect: "F", sentence: "The record has a form that never came before." },
  CROSS_ORDER: { effect: "F", sentence: "Of two values, the wrong one is larger." },
  CROSS_NULL_GROUP: { effect: "F", sentence: "Of fields that are empty together, only some are." },
  DUP_EXACT: { effect: "A", sentence: "The same record was sent again: it counts once." },
  DUP_ID_CONFLICT: {
    effect: "A",
    sentence: "Another record came under an id that was taken: kept beside it, and not used.",
  },
  DUP_CONTENT: { effect: "F", sentence: "The same input and output came before under another id." },
  NONDETERMINISTIC: { effect: "F", sentence: "The same input came before and was answered otherwise." },
  OOD_LOW_TYPICALITY: { effect: "F", sentence: "The output is unlike those of the pilot." },
  TIME_FUTURE: { effect: "F", sentence: "The output is dated in the future." },
  TIME_STALE: { effect: "F", sentence: "The output arrived more than 90 days after it happened." },
  CONFIDENCE_OUT_OF_RANGE: { effect: "F", sentence: "The confidence is no number between 0 and 1." },
  W_COMPLETENESS_LOW: { effect: "W", sentence: "A field is filled in less often than in the pilot." },
  W_DISTRIBUTION_DRIFT: { effect: "W", sentence: "The values of a field have moved away from the pilot's." },
  W_OUTPUT_DRIFT: { effect: "W", sentence: "The answers of the model have moved away from the pilot's." },
  W_CONFIDENCE_DRIFT: { effect: "W", sentence: "The model is surer or less sure than in the pilot." },
  W_DUPLICATE_RATE: {
    effect: "W",
    sentence: "Inputs come again at once more or less often than in the pilot.",
  },
  W_NO_DATA: { effect: "W", sentence: "Nothing has come in for longer than is normal." },
  W_OOD_RATE: { effect: "W", sentence: "Outputs that are unlike the pilot's have become common." },
  W_UNSEEN_RATE: { effect: "W", sentence: "Values that are not on the list have become common." },
  W_SHAPE_RATE: { effect: "W", sentence: "Records of a new form have become common." },
  W_VOLUME_LOW: {
    effect: "W",
    sentence: "Clearly less comes in than in the pilot at that time of the week.",
  },
  W_VOLUME_HIGH: {
    effect: "W",
    sentence: "Clearly more comes in than in the pilot at that time of the week.",
  },
  W_LABEL_DELAY: { effect: "W", sentence: "Truths or reviews come later than in the pilot, or not at all." },
  W_SEGMENT_VALUES: {
    effect: "W",
    sentence: "An attribute of the segments has more values than anybody can look at.",
  },
  MASS_VIOLATION: {
    effect: "W",
    sentence: "A rule is broken in mass: nothing is held back for it any more.",
  },
  W_REASON_RATE: { effect: "W", sentence: "A rule is broken far more often than in the pilot." },
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
  /** The contract's rule that was broken. */
  rule?: string;
}

/** What people read, by code. */
export const REASON_SENTENCES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(REASONS).map(([code, { sentence }]) => [code, sentence]),
);

/** The sentence of a code that may come from an older or newer release. */
export function reasonSentence(code: string): string {
  return code in REASONS ? REASONS[code as ReasonCode].sentence : code;
}
