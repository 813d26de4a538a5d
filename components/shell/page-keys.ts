import type { NavIcon } from "./navigation";

export interface PageKey {
  keys: readonly string[];
  does: string;
}

/** What keys do on one kind of page, beyond what they do everywhere. */
export const PAGE_KEYS: Partial<Record<NavIcon, readonly PageKey[]>> = {
  accuracy: [
    { keys: ["←", "→"], does: "In the chart: from point to point" },
    { keys: ["Enter"], does: "In the chart: the outputs behind the point" },
  ],
  output: [
    { keys: ["↑", "↓"], does: "In an input or output: from field to field" },
    { keys: ["←", "→"], does: "In an input or output: fold and unfold" },
  ],
  review: [{ keys: ["Ctrl", "Enter"], does: "Show the output, or submit" }],
};
