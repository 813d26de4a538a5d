/* What the page about incoming records shows. Browser-safe. */

/** What became of the records that were received on one day: the parts add up to all of them. */
export interface DayFlow {
  day: string;
  accepted: number;
  flagged: number;
  duplicates: number;
  conflicts: number;
  quarantined: number;
  refused: number;
}

export interface ReasonCount {
  code: string;
  sentence: string;
  /** Held back in quarantine, or taken and flagged. */
  held: boolean;
  records: number;
}

export interface SourceFreshness {
  id: string;
  name: string;
  /** Hour of the newest record; null = none ever. */
  lastHour: string | null;
  /** In the last seven days. */
  received: number;
}

export interface SilenceView {
  /** Hours without a record after which the project is told; null = never. */
  hours: number | null;
  /** When the job looked last, if that is too long ago to know anything; null = it looks, or nobody asked it to. */
  uncheckedSince: string | null;
  /** Of the whole project (source null) or of one source, the newest first. */
  silences: { id: string; source: string | null; since: string; noticedAt: string; endedAt: string | null }[];
}
