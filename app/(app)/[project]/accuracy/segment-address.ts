import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import type { Segment } from "@/lib/estimate/schema";
import { segmentParts } from "@/lib/incident/segment-part";

import { accuracyAddress, type Days, segmentText } from "./view-state";

/** One value is shown in the chart; of a pair, which has no chart, the outputs behind it. */
export function segmentAddress(slug: string, segment: Segment, window: Days): string {
  const parts = segmentParts(segment);
  const [only] = parts;
  if (only && parts.length === 1) return accuracyAddress(slug, only);
  const filter = parts.map(segmentText);
  return outputAddress(slug, { ...window, segment: filter, phase: "production", state: "counted" });
}
