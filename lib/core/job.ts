import { z } from "zod";

const projectJob = z.strictObject({ projectId: z.uuid() });

/** What is searched over many reviews, and kept for the pages that show it. */
const READING_KINDS = [
  "worst-segments",
  "reviewer-mix",
  "reviewers",
  "reviewer",
  "people-work",
  "non-response",
  "versions",
  "labelled-history",
  "anchoring",
  "agreement",
] as const;
export type ReadingKind = (typeof READING_KINDS)[number];

/** Every background job, by name, with the shape of its payload. The worker maps names to use cases. */
export const JOB_PAYLOADS = {
  /** Folds the append-only counters into population counts and the hourly ledger; draws what has come into quarantine. */
  "fold-counts": projectJob,
  /** Recomputes the estimates of the epochs that changed. */
  "refresh-estimate": projectJob,
  /** Settles the samples about which truths came by API; each minute for those that came before their output. */
  "settle-truth": projectJob,
  /** Settles all samples with truths anew: what counts in this project has changed. */
  "settle-truth-again": projectJob,
  /** Closes cohorts, feeds them to the detectors, opens incidents. */
  "evaluate-monitors": projectJob,
  /** Enqueues evaluations that are due: epochs marked as changed, or late. */
  "evaluate-due": z.strictObject({}),
  /** Counts outputs by the attributes that the pilot had, marks unusual ones, and judges drift. */
  "count-inputs": projectJob,
  /** Freezes anew what the pilot's inputs look like. */
  "freeze-inputs": projectJob,
  /** Notes projects and sources from which nothing has come for longer than is normal: an incident, until something comes. */
  "watch-silence": z.strictObject({}),
  /** Looks how much comes in, whether labels come, and what segments hold, against the pilot: an incident while something is so. */
  "watch-inputs": z.strictObject({}),
  /** Replays labelled history many times; a minute's work. */
  "run-backtest": z.strictObject({ projectId: z.uuid(), backtestId: z.uuid() }),
  /** Makes a kept reading again, which a page found to be old. */
  "make-reading": z.strictObject({
    projectId: z.uuid(),
    kind: z.enum(READING_KINDS),
    from: z.iso.date(),
    to: z.iso.date(),
    /** The person, or both versions and the attribute; absent where the days say all. */
    about: z.array(z.string()).optional(),
  }),
  /** Opens or ends the incident of a contract's breaker, as it stands now. */
  "report-breaker": z.strictObject({ projectId: z.uuid(), breakerId: z.uuid() }),
  /** Reads rules off the pilot; somebody waits for them on the contract page. */
  "infer-contract": z.strictObject({ projectId: z.uuid(), requestId: z.uuid() }),
  /** Closes epochs that are over and settles their rates from the true volumes. */
  "close-epochs": z.strictObject({}),
  /** Puts a few items with a known answer, and own old ones, into the queue of each reviewer. */
  "plan-probes": projectJob,
  /** Enqueues the former for each project in which people review. */
  "probes-due": z.strictObject({}),
  /** Writes the reminders of the day for those who have reviews to do. */
  "make-digests": projectJob,
  /** Enqueues the former for each project whose day has begun. */
  "digests-due": z.strictObject({}),
  /** Frees leases and withdraws samples that are too old to judge. */
  "expire-samples": z.strictObject({}),
  /** Decides who is told what of an incident's event, and when. */
  "route-alert": z.strictObject({ projectId: z.uuid(), eventId: z.uuid() }),
  /** Writes the e-mails down that the calendar brings: reminders of reviews, and the week. */
  "mail-digests": z.strictObject({}),
  /** Sends what is due, in case that the loop beside the queue does not. */
  "deliver-alerts": z.strictObject({}),
  /** Makes the simulated project that somebody asked for; some minutes' work. */
  "make-demo": z.strictObject({}),
  /** Enqueues work whose own job is missing: counters not folded, epochs marked as changed. */
  "catch-up": z.strictObject({}),
  /** Deletes what has outlived its use: idempotency keys, rate limits, ended sign-ins. */
  "sweep-expired": z.strictObject({}),
} as const;

export type JobName = keyof typeof JOB_PAYLOADS;
export type JobPayload<N extends JobName> = z.output<(typeof JOB_PAYLOADS)[N]>;
