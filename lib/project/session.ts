/** A sign-in ends after this long without a request. */
export const SESSION_IDLE_HOURS = 8;
/** A sign-in ends this long after it began, whatever happens. */
export const SESSION_DAYS = 7;
/** The time of the last request is written at most this often. */
export const SESSION_TOUCH_SECONDS = 60;

export interface SessionFacts {
  lastSeenAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  userDisabledAt: Date | null;
}

/** Whether a stored sign-in still counts at `now`. */
export function sessionIsLive(session: SessionFacts, now: Date): boolean {
  if (session.endedAt || session.userDisabledAt) return false;
  if (now >= session.expiresAt) return false;
  return now.getTime() - session.lastSeenAt.getTime() < SESSION_IDLE_HOURS * 3_600_000;
}

/** When a sign-in that begins at `now` ends at the latest. */
export function sessionExpiry(now: Date): Date {
  return new Date(now.getTime() + SESSION_DAYS * 86_400_000);
}
