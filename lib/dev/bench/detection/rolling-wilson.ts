import { wilsonInterval } from "@/lib/stats/wilson-interval";
import type { Monitor } from "./monitor";

/**
 * What dashboards do: at the end of each day, an alarm when the 95 % Wilson interval of the last days' accuracy
 * lies below the baseline. Nothing is forgotten after an alarm; before enough days have passed there is no look.
 * Source of the interval: Wilson, JASA 22, 1927.
 */
export function openRollingWilson(baselineError: number, days: number, reviewsPerDay: number): Monitor {
  const size = days * reviewsPerDay;
  const window = new Uint8Array(size);
  const below = Array.from({ length: size + 1 }, (_, wrong) => {
    const interval = wilsonInterval(size - wrong, size);
    return interval !== null && interval.high < 1 - baselineError;
  });
  let seen = 0;
  let wrong = 0;
  return {
    observe(error) {
      const at = seen % size;
      wrong += error - (window[at] ?? 0);
      window[at] = error;
      seen += 1;
      return seen >= size && seen % reviewsPerDay === 0 && below[wrong] === true;
    },
  };
}
