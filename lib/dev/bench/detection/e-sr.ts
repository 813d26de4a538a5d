import { type Detector, openDetector } from "@/lib/stats/e-detector";
import type { Monitor } from "./monitor";

/**
 * The product's own detector, as shipped: mixture e-detector of Shiryaev-Roberts type, a new one after an alarm.
 * Source: Shin, Ramdas & Rinaldo, arXiv 2203.03532.
 */
export function openEsr(boundaryError: number, threshold: number): Monitor {
  const logThreshold = Math.log(threshold);
  let detector: Detector = openDetector(boundaryError);
  return {
    observe(error) {
      if (detector.step(error, 1) < logThreshold) return false;
      detector = openDetector(boundaryError);
      return true;
    },
  };
}
