import { expect, test } from "vitest";

import type { ResponseTimes, Waits } from "@/lib/incident/response-times";

import { responseWords } from "./response-words";

const waits = (half: number | null, mostly: number | null): Waits => ({
  within: [1, 0, 0, 0],
  later: 0,
  notYet: 0,
  half,
  mostly,
});
const times = (rest: Partial<ResponseTimes>): ResponseTimes => ({
  days: 90,
  incidents: 8,
  endedAlone: 0,
  taken: waits(3 * 3_600, 30 * 3_600),
  resolved: waits(4 * 86_400, null),
  ...rest,
});

test("says how long incidents waited, and does not call fast what is not done", () => {
  expect(responseWords(times({ incidents: 2 }))).toBeNull();
  expect(responseWords(times({}))).toBe(
    "Of 8 incidents in the last 90 days, half were taken up within 3 h, nine in ten within 30 h. Half were over within 4 days; more than one in ten are not over yet.",
  );
  expect(responseWords(times({ resolved: waits(null, null), endedAlone: 1 }))).toMatch(
    /More than half are not over yet\. 1 more ended by itself before anybody touched it\.$/,
  );
  expect(responseWords(times({ taken: { ...waits(null, null), within: [0, 0, 0, 0] } }))).toMatch(
    /^Of 8 incidents in the last 90 days, none is taken up yet\. /,
  );
});
