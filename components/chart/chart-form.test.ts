import { expect, test } from "vitest";

import { formNote, formsWithin } from "./chart-form";

test("a new version of the form is noted at the period in which it came into force", () => {
  const mark = (version: number, day: string) => ({ version, day, published_at: `${day}T08:00:00Z` });
  const marks = [mark(2, "2026-01-11"), mark(3, "2026-01-12"), mark(4, "2026-01-18"), mark(5, "2026-01-19")];
  const found = formsWithin(marks, { start: "2026-01-12", end: "2026-01-18" });
  expect(found.map(({ version }) => version)).toEqual([3, 4]);
  expect(found.map(formNote)[0]).toContain("Version 3 of the answer form");
});
