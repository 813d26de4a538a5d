import type { SegmentPart } from "@/lib/incident/segment-part";
import { watchedSegments } from "@/lib/monitor/watched-segments";
import type { History } from "./history";

/** The segments that a monitor watches in a history, numbered; 0 is the whole stream. */
export interface WatchedColumns {
  segments: SegmentPart[];
  /** Of each output: the numbers of the segments in which it lies. */
  of: number[][];
}

/** @param attributes segment keys as a monitor plan holds them */
export function watchedColumns(history: History, attributes: readonly string[]): WatchedColumns {
  const segmentsOf = watchedSegments(attributes);
  const numbers = new Map<string, number>();
  const segments: SegmentPart[] = [];
  // Outputs with the same values of all attributes share one list.
  const lists = new Map<string, number[]>();
  const of = Array.from({ length: history.count }, (_, output) => {
    const codes = history.attributes.map(({ codes: column }) => column[output] ?? -1).join(",");
    const known = lists.get(codes);
    if (known) return known;
    const own = segmentsOf(carried(history, output)).map((segment) => {
      const key = JSON.stringify([segment.attribute, segment.value]);
      const number = numbers.get(key) ?? numbers.size;
      if (number === numbers.size) segments.push(segment);
      numbers.set(key, number);
      return number;
    });
    lists.set(codes, own);
    return own;
  });
  return { segments, of };
}

function carried({ attributes }: History, output: number): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, values: known, codes } of attributes) {
    const value = known[codes[output] ?? -1];
    if (value !== undefined) values[name] = value;
  }
  return values;
}
