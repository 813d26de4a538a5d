import type { Feature } from "./feature";
import { UNUSUAL_PATH } from "./output-facts";
import { MARKED_SHARE } from "./score-typicality";

/** The share of outputs that are out of the ordinary, as it would be while they are like the pilot's. */
export function unusualFeature(calibrated: number, clusterSize: number): Feature {
  const marked = MARKED_SHARE * calibrated;
  return {
    path: UNUSUAL_PATH,
    measure: "value",
    bins: { kind: "category", values: ["no", "yes"], rare: [], newBins: 1 },
    baseline: [calibrated - marked, marked, 0, 0, 0],
    designEffect: Math.max(1, clusterSize),
  };
}
