import { DAY_MS } from "@/lib/sampling/open-epoch";
import { TRUTH_ATTRIBUTE } from "@/lib/sampling/sampling-unit";
import type { Draw, SampledEpoch, SampledStratum, Stream } from "./sampled-epoch";

/** One look that somebody is to take at a drawn output. */
interface Look {
  /** Random number / rate: all strata and days are served in this order. */
  key: number;
  look: number;
  output: number;
  stratum: SampledStratum;
  endsAt: number;
}

export interface ReviewQueue {
  /** The samples of a day that was closed join the queue. */
  add(epoch: SampledEpoch): void;
  /** Takes so many looks from the head of the queue. Returns how many there were. */
  take(count: number): number;
  /** Forgets the looks at days that ended at an instant or before. */
  expire(endedBy: number): void;
  /** Whether nobody is to look at a candidate any more, whatever came of it. */
  isFinal(output: number): boolean;
}

/** The queue of one replay. Looks of one sample follow each other; its first one settles it when its label can be known. */
export function openQueue({ history }: Stream, { randomNumbers, secondLook }: Draw): ReviewQueue {
  let open: Look[] = [];
  let added: Look[] = [];
  const looked = new Uint8Array(history.count);
  const openLooks = new Uint8Array(history.count);
  const isKnown = (output: number) => !Number.isNaN(history.scores[output] ?? Number.NaN);
  return {
    add({ startsAt, strata }) {
      for (const stratum of strata.values()) {
        if (stratum.key.attribute === TRUTH_ATTRIBUTE) continue;
        for (const output of stratum.candidates) {
          const looks = secondLook(output) ? 2 : 1;
          const key = (randomNumbers[output] ?? 1) / stratum.rate;
          openLooks[output] = looks;
          for (let look = 1; look <= looks; look += 1)
            added.push({ key, look, output, stratum, endsAt: startsAt + DAY_MS });
        }
      }
    },
    take(count) {
      open = merged(open, added.sort(inOrder));
      added = [];
      const taken = open.slice(0, count);
      for (const { look, output, stratum } of taken) {
        looked[output] = 1;
        openLooks[output] = (openLooks[output] ?? 1) - 1;
        if (look > 1) continue;
        stratum.looked += 1;
        if (!isKnown(output)) continue;
        stratum.reviewed += 1;
        stratum.wrong += 1 - (history.scores[output] ?? 0);
      }
      open = open.slice(count);
      return taken.length;
    },
    expire(endedBy) {
      open = open.filter(({ endsAt, output }) => {
        if (endsAt > endedBy) return true;
        openLooks[output] = 0;
        return false;
      });
    },
    isFinal: (output) => looked[output] === 1 && (isKnown(output) || openLooks[output] === 0),
  };
}

function inOrder(a: Look, b: Look): number {
  return a.key - b.key || a.look - b.look;
}

/** Two sorted lists as one: what waits is far longer than what comes in a week. */
function merged(waiting: readonly Look[], coming: readonly Look[]): Look[] {
  const all: Look[] = [];
  let next = 0;
  for (const look of waiting) {
    for (; next < coming.length; next += 1) {
      const other = coming[next];
      if (!other || inOrder(look, other) <= 0) break;
      all.push(other);
    }
    all.push(look);
  }
  for (; next < coming.length; next += 1) {
    const other = coming[next];
    if (other) all.push(other);
  }
  return all;
}
