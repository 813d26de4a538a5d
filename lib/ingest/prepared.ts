import type { PlacedOutput } from "@/lib/sampling/insert-samples";
import type { SamplingFrame } from "@/lib/sampling/sampling-frame";
import type { Reason } from "@/lib/quarantine/reason";
import type { OutputRecord } from "./output-record";
import type { ReadItem, ReadRecords } from "./read-records";
import type { Sender, SenderProject } from "./sender";

/** Label of a pilot output whose truth came with it. */
export interface PilotLabel {
  score: number;
  verdict: "CORRECT" | "INCORRECT";
}

export interface PilotTruth {
  truth: unknown;
  output: unknown;
}

/** What the doors get from domains that they may not import; wired in `doors.ts`. */
export interface IngestParts {
  openFrame(
    project: SenderProject,
    clock: "LIVE" | "RECORDED",
    instants: readonly Date[],
  ): Promise<SamplingFrame>;
  /** Judges truths that came with pilot outputs; null where there is no answer schema or the truth says nothing usable. */
  judgePilot(
    projectId: string,
    receivedAt: Date,
    truths: readonly PilotTruth[],
  ): Promise<(PilotLabel | null)[]>;
  /** Flags records that break the project's contract or are unlike the pilot's; those that it holds back go over to the refused ones. */
  judgeByContract(sender: Sender, read: ReadRecords<OutputRecord>): Promise<void>;
  /** The same as a question: nothing is counted. */
  judgeAsked(sender: Sender, read: ReadRecords<OutputRecord>): Promise<void>;
}

/** An output that is ready to be stored, with its sampling decision. */
export interface PreparedOutput {
  /** Its place in the request and its bytes. */
  read: ReadItem<OutputRecord>;
  record: OutputRecord;
  /** Calendar day in the project's zone. */
  day: string;
  /** The sampling decision, and the label of a pilot output whose truth came with it. */
  placed: PlacedOutput;
}

/** A record that is kept as it came. */
export interface PreparedQuarantine {
  index: number;
  id: string;
  externalId: string | null;
  reasons: Reason[];
  raw: Uint8Array;
  contractVersion: number | null;
}

export interface IdempotencyClaim {
  key: string;
  bodyHash: string;
  days: number;
}

/** Everything of one request that is to be stored, decided without a database transaction. */
export interface PreparedRequest {
  requestId: string;
  sender: Sender;
  receivedAt: Date;
  outputs: PreparedOutput[];
  quarantined: PreparedQuarantine[];
  idempotency: IdempotencyClaim | null;
  /** Top-level fields that are not ours, and in how many records. */
  unexpected: ReadonlyMap<string, number>;
}
