import type { Monitor } from "./monitor";

const delta = 0.002;
const clock = 32;
const mostBuckets = 5;
const shortestWindow = 5;
const gracePeriod = 10;

/**
 * Adaptive windowing (ADWIN2) with the defaults and details of river 0.21 (`river.drift.ADWIN`): δ = 0.002, a look
 * at every 32nd review, rows of up to five buckets that hold the errors of 2^row reviews each. Like river, and
 * unlike the paper, it leaves out the youngest bucket of each row as a place to cut, and starts anew after an alarm.
 * Source: Bifet & Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007, section 3.2.
 */
export function openAdwin(): Monitor {
  let rows: number[][] = [[]];
  let width = 0;
  let total = 0;
  let squares = 0;

  function insert(value: number): void {
    if (width > 0) squares += (width * (value - total / width) ** 2) / (width + 1);
    width += 1;
    total += value;
    rows[0]?.push(value);
    for (let row = 0; (rows[row]?.length ?? 0) > mostBuckets; row += 1) {
      const [a = 0, b = 0] = rows[row]?.splice(0, 2) ?? [];
      const next = rows[row + 1] ?? [];
      next.push(a + b);
      rows[row + 1] = next;
    }
  }

  function differs(n0: number, n1: number, difference: number): boolean {
    const log = Math.log((2 * Math.log(width)) / delta);
    const reciprocal = 1 / (n0 - shortestWindow + 1) + 1 / (n1 - shortestWindow + 1);
    const cut = Math.sqrt(2 * reciprocal * (squares / width) * log) + (2 / 3) * log * reciprocal;
    return Math.abs(difference) > cut;
  }

  /** Whether the window falls apart into an older and a younger part of different means. */
  function canCut(): boolean {
    let n0 = 0;
    let sum0 = 0;
    for (let row = rows.length - 1; row >= 0; row -= 1) {
      const buckets = rows[row] ?? [];
      for (let k = 0; k < buckets.length - 1; k += 1) {
        n0 += 2 ** row;
        sum0 += buckets[k] ?? 0;
        const n1 = width - n0;
        if (Math.min(n0, n1) < shortestWindow) continue;
        if (differs(n0, n1, sum0 / n0 - (total - sum0) / n1)) return true;
      }
    }
    return false;
  }

  return {
    observe(error) {
      insert(error);
      if (width % clock !== 0 || width <= gracePeriod || !canCut()) return false;
      rows = [[]];
      width = total = squares = 0;
      return true;
    },
  };
}
