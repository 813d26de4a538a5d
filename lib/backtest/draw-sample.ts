import { samplingHasher } from "@/lib/stats/sampling-hash";
import { packedText, samplingHashes } from "@/lib/stats/sampling-hash-many";
import type { History } from "./history";
import type { Draw } from "./sampled-epoch";

/** Keys the sampling hash of one draw, as a project's secret and scope do. */
export interface DrawScope {
  secret: string;
  projectId: string;
}

/** The hashes of one draw: dear, and the same whatever is replayed with them. */
export interface DrawnNumbers {
  scope: DrawScope;
  /** Of every output by its own name, and of every cluster. */
  own: Float64Array;
  clusters: Float64Array;
}

export function drawNumbers(history: History, scope: DrawScope): DrawnNumbers {
  const sampling = { ...scope, salt: "sample-v1" };
  return {
    scope,
    own: samplingHashes(sampling, history.externalIds),
    clusters: samplingHashes(sampling, history.clusterKeys),
  };
}

/** What the hashes decide: outputs of one cluster are drawn together when clusters are declared. */
export function drawSample(
  history: History,
  { scope, own, clusters }: DrawnNumbers,
  { declareClusters, doubleReviewShare }: { declareClusters: boolean; doubleReviewShare: number },
): Draw {
  const second = samplingHasher({ ...scope, salt: "double-v1" });
  return {
    randomNumbers: declareClusters ? unitNumbers(history, own, clusters) : own,
    secondLook: (output) =>
      doubleReviewShare > 0 && second(packedText(history.externalIds, output)) < doubleReviewShare,
  };
}

function unitNumbers(history: History, own: Float64Array, clusters: Float64Array): Float64Array {
  const numbers = Float64Array.from(own);
  for (const [output, cluster] of history.clusters.entries())
    if (cluster >= 0) numbers[output] = clusters[cluster] ?? 1;
  return numbers;
}
