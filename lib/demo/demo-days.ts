import { DEMO_RELEASE, DEMO_WEEKS, demoReleaseInstant } from "./demo-stream";

const DAY_MS = 86_400_000;
const PILOT_DAYS = 14;

export interface DemoDays {
  pilot: { from: string; to: string };
  production: { from: string; to: string };
  release: string;
  version: string;
  /** From the release on. */
  after: { from: string; to: string };
}

/** When what happens in a demo that was made at some instant. Pure. */
export function demoDays(madeAt: Date): DemoDays {
  const today = Math.floor(madeAt.getTime() / DAY_MS) * DAY_MS;
  const first = today - DEMO_WEEKS * 7 * DAY_MS;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const last = day(today - DAY_MS);
  const release = day(demoReleaseInstant(madeAt).getTime());
  return {
    pilot: { from: day(first), to: day(first + (PILOT_DAYS - 1) * DAY_MS) },
    production: { from: day(first + PILOT_DAYS * DAY_MS), to: last },
    release,
    version: DEMO_RELEASE.after,
    after: { from: release, to: last },
  };
}
