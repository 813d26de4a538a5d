import type { History } from "./history";

/** As lib/monitor suggests them: attributes with few values first, each of which then has the more reviews. */
const MOST_ATTRIBUTES = 5;
const FEWEST_VALUES = 2;
const MOST_VALUES = 200;

/** What a monitor watches in a history when nobody has chosen. */
export function suggestedAttributes({ attributes }: History): string[] {
  return attributes
    .filter(({ values }) => values.length >= FEWEST_VALUES && values.length <= MOST_VALUES)
    .sort((a, b) => a.values.length - b.values.length || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_ATTRIBUTES)
    .map(({ name }) => name);
}
