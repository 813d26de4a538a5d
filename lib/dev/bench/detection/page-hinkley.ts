import type { Monitor } from "./monitor";

/**
 * Page-Hinkley test in both directions with a fading sum, and with the defaults and order of river 0.21
 * (`river.drift.PageHinkley`): 30 reviews before the first look, δ = 0.005, threshold 50, fading 0.9999.
 * Source: Page, Biometrika 41, 1954; Sebastião & Fernandes, ISMIS 2017.
 */
export function openPageHinkley(threshold = 50): Monitor {
  const least = 30;
  const delta = 0.005;
  const fading = 1 - 0.0001;
  let n = 0;
  let mean = 0;
  let up = 0;
  let down = 0;
  let lowest = Infinity;
  let highest = -1;
  return {
    observe(error) {
      n += 1;
      mean += (error - mean) / n;
      up = fading * up + error - mean - delta;
      down = fading * down + error - mean + delta;
      lowest = Math.min(lowest, up);
      highest = Math.max(highest, down);
      const alarm = n >= least && (up - lowest > threshold || highest - down > threshold);
      if (alarm) {
        n = mean = up = down = 0;
        lowest = Infinity;
        highest = -1;
      }
      return alarm;
    },
  };
}
