import { DAY_MS } from "@/lib/sampling/open-epoch";
import { TRUTH_ATTRIBUTE } from "@/lib/sampling/sampling-unit";
import type { CalendarDay } from "./calendar";
import { closeDay, openDay, openStratum } from "./epoch-rates";
import { openQueue, type ReviewQueue } from "./review-queue";
import type { Draw, ReplayPlan, SampledEpoch, SampledStratum, Stream } from "./sampled-epoch";
import { type StratumCodes, stratumCodes } from "./stratum-codes";

/** How a replay stands after the reviews of a week. */
export interface ReplayedWeek {
  startsAt: number;
  /** All days so far, in order of time. */
  epochs: readonly SampledEpoch[];
  queue: ReviewQueue;
  /** Looks taken in this week. */
  looks: number;
}

/**
 * Samples and reviews a stream week by week: each day is sampled as it would have been, and at the end of the week its looks are
 * taken from the head of the queue. `afterWeek` sees the replay as it stands then. Returns all days.
 */
export function replayStream(
  stream: Stream,
  draw: Draw,
  options: { plan: ReplayPlan; weeks?: number },
  afterWeek: (week: ReplayedWeek) => void = () => undefined,
): SampledEpoch[] {
  const { plan } = options;
  const queue = openQueue(stream, draw);
  const codes = stratumCodes(stream, plan.attribute);
  const epochs: SampledEpoch[] = [];
  for (const { startsAt, days } of stream.calendar.slice(0, options.weeks)) {
    if (plan.maturityDays !== null) queue.expire(startsAt - plan.maturityDays * DAY_MS);
    for (const day of days) {
      const epoch = openDay(day.startsAt, epochs, plan);
      fillDay(epoch, day, { stream, codes, epochs });
      closeDay(epoch, plan, draw);
      queue.add(epoch);
      epochs.push(epoch);
    }
    const looks = queue.take(plan.reviewsPerWeek);
    afterWeek({ startsAt, epochs, queue, looks });
  }
  return epochs;
}

/** Puts the outputs of a day into their strata; what is known of the pilot counts at once. */
function fillDay(
  epoch: SampledEpoch,
  { from, to }: CalendarDay,
  { stream, codes, epochs }: { stream: Stream; codes: StratumCodes; epochs: readonly SampledEpoch[] },
): void {
  const strata = new Map<number, SampledStratum>();
  for (let place = from; place < to; place += 1) {
    const output = stream.order[place] ?? 0;
    const code = codes.at(place, output);
    let stratum = strata.get(code);
    if (!stratum) {
      stratum = openStratum(epoch, codes.key(code), epochs);
      strata.set(code, stratum);
    }
    stratum.outputs.push(output);
    if (stratum.key.attribute !== TRUTH_ATTRIBUTE) continue;
    stratum.reviewed += 1;
    stratum.wrong += 1 - (stream.history.scores[output] ?? 0);
  }
}
