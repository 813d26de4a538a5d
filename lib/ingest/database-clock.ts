/** Below this the difference is the time of the question itself. */
const NOTICEABLE_MS = 500;

let offsetMs = 0;

/** Learns how far this process's clock is from the database's, from a time that was just read there. */
export function noteDatabaseTime(databaseMs: number): void {
  const offset = databaseMs - Date.now();
  offsetMs = Math.abs(offset) < NOTICEABLE_MS ? 0 : offset;
}

/** Now by the database's clock: a wrong clock here must not date outputs, move windows or open signatures. */
export function databaseNow(): Date {
  return new Date(Date.now() + offsetMs);
}
