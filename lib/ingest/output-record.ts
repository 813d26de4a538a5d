import type { SampledPhase } from "@/lib/sampling/sampling-unit";
import type { Reason, ReasonCode } from "@/lib/quarantine/reason";

/** A record that can be stored: checked, and its JSON in canonical text. */
export interface OutputRecord {
  externalId: string;
  /** HELD only where a held record is drawn for review. */
  phase: SampledPhase;
  /** As stored, up to microseconds. */
  occurredAt: string;
  occurredMs: number;
  inputText: string;
  outputText: string;
  output: unknown;
  modelName: string | null;
  modelVersion: string | null;
  segments: Readonly<Record<string, string>>;
  confidence: number | null;
  cluster: string | null;
  sourceProbability: number;
  extraText: string;
  /** SHA-256 in hex of the whole record without its ground truth, which is kept apart. */
  contentHash: string;
  flags: ReasonCode[];
  /** Drawn more often, as flagged ones are, because an attribute has moved to where this output lies. */
  raised: boolean;
  /** The parsed record itself, for the contract to look at; and what it found, by which version. */
  sent: object;
  contractVersion: number | null;
  reasons: Reason[];
  truth: { value: unknown; text: string } | null;
  /** Top-level fields that are not ours: kept, and named in the answer. */
  unexpected: readonly string[];
}

/** What reading a record needs to know. */
export interface ReadingFacts {
  nowMs: number;
  /** A recorded stream is never stale. */
  recordedHistory: boolean;
}
