import type { Monitor } from "./monitor";

/**
 * Drift detection method (DDM) with the defaults of river 0.21 (`river.drift.binary.DDM`): an alarm when the error
 * rate plus its standard deviation exceeds the smallest such sum so far by three of its standard deviations,
 * from the 31st review on. Source: Gama, Medas, Castillo & Rodrigues, "Learning with drift detection", SBIA 2004.
 */
export function openDdm(): Monitor {
  const warmStart = 30;
  const driftThreshold = 3;
  let n = 0;
  let rate = 0;
  let lowestRate = Infinity;
  let lowestDeviation = Infinity;
  return {
    observe(error) {
      n += 1;
      rate += (error - rate) / n;
      const deviation = Math.sqrt((rate * (1 - rate)) / n);
      if (n <= warmStart) return false;
      if (rate + deviation <= lowestRate + lowestDeviation) {
        lowestRate = rate;
        lowestDeviation = deviation;
      }
      const alarm = rate + deviation > lowestRate + driftThreshold * lowestDeviation;
      if (alarm) {
        n = rate = 0;
        lowestRate = lowestDeviation = Infinity;
      }
      return alarm;
    },
  };
}
