import { formatCount, formatDay, formatTime } from "@/lib/core/format";
import type { ReviewQueueStatus } from "@/lib/review/wire-schema";

type Prefix = NonNullable<ReviewQueueStatus["prefix"]>;

/** Fewer make no number. */
const FEWEST = 20;

/** What a reviewer may make of it: a stop is no loss. */
export function prefixWords({ done, planned }: Prefix): string {
  if (done >= planned) return `All ${formatCount(planned)} planned items are done`;
  if (done === 0) return `The first of ${formatCount(planned)} is open`;
  if (done < FEWEST && planned > FEWEST)
    return `${formatCount(done)} of the first ${FEWEST} done; from there on any stop is a fair sample`;
  return `Stop whenever you like: the first ${formatCount(done)} of ${formatCount(planned)} are a fair sample`;
}

/** What that number is good for. */
export function prefixMeaning({ done, planned, since, until, at }: Prefix, timeZone: string): string {
  const weeks =
    since === until
      ? `the week of ${formatDay(since, { year: false })}`
      : `the weeks of ${formatDay(since, { year: false })} to ${formatDay(until, { year: false })}`;
  const drawn = `${formatCount(planned)} ${planned === 1 ? "item was" : "items were"} drawn at random for ${weeks}`;
  const time = formatTime(at, timeZone);
  if (done >= planned) return `${drawn}, and all of them are done, by everybody together (at ${time}).`;
  if (done === 0)
    return `${drawn}. They are done in the order of the draw, so that those that are done are a fair sample whenever people stop. The first one is not done yet (at ${time}).`;
  return `${drawn}. The first ${formatCount(done)} in the order of the draw are done, by everybody together (at ${time}). Any stop here is a fair sample.`;
}
