import { watchedNames } from "@/lib/monitor/schema";

/** "All outputs are watched, and every value of channel, region and area with sleeps." */
export function watchedWords(attributes: readonly string[], begun: boolean): string {
  const verb = begun ? "are" : "will be";
  if (attributes.length === 0) return `All outputs ${verb} watched, taken together.`;
  const names = attributes.map((key) => watchedNames(key).join(" with "));
  const last = names.at(-1) ?? "";
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
  return `All outputs ${verb} watched, and every value of ${list}.`;
}
