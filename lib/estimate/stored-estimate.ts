import { estimateReading } from "@/lib/stats/estimate-reading";
import { widenByUnknown } from "@/lib/stats/widen-by-unknown";
import { type AccuracyEstimate, estimateSchema } from "./schema";

const storedSchema = estimateSchema.partial({ bounds_interval: true, reading: true });

/** An estimate as a baseline keeps it; what an older one lacks is worked out. */
export function storedEstimate(value: unknown): AccuracyEstimate {
  const stored = storedSchema.parse(value);
  const { n, unsure_share, bounds } = stored;
  return {
    ...stored,
    bounds_interval: stored.bounds_interval ?? (bounds && widenByUnknown(stored, unsure_share)),
    reading: stored.reading ?? estimateReading({ n, unsureShare: unsure_share }),
  };
}
