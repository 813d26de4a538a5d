import type { History } from "./history";

/**
 * The outputs of a history in another order, so that right and wrong no longer depend on time while everything else stays: each
 * output keeps its segments and its label, instants and phases stay where they are. Every cluster is moved as a whole by a distance
 * of its own (round the end of the history), so that outputs that came together still do; an output that stands alone is a
 * cluster of one.
 *
 * @param random uniform numbers in [0, 1). @returns the output at each place in time.
 */
export function shuffleHistory({ count, clusters, clusterKeys }: History, random: () => number): Int32Array {
  const distance = () => Math.floor(random() * count);
  const distances = Float64Array.from(clusterKeys.ends, distance);
  const wanted = new Int32Array(count);
  const crowd = new Int32Array(count + 1);
  for (let output = 0; output < count; output += 1) {
    const cluster = clusters[output] ?? -1;
    const place = (output + (cluster < 0 ? distance() : (distances[cluster] ?? 0))) % count;
    wanted[output] = place;
    crowd[place + 1] = (crowd[place + 1] ?? 0) + 1;
  }
  for (let place = 0; place < count; place += 1)
    crowd[place + 1] = (crowd[place + 1] ?? 0) + (crowd[place] ?? 0);
  const order = new Int32Array(count);
  for (let output = 0; output < count; output += 1) {
    const place = wanted[output] ?? 0;
    const next = crowd[place] ?? 0;
    order[next] = output;
    crowd[place] = next + 1;
  }
  return order;
}
