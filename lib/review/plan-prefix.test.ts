import { expect, test } from "vitest";
import { planPrefix } from "./plan-prefix";

const row = (week: string, change: { planned: number; prefix: number; due: number; stratum?: string }) => ({
  week,
  stratum: "",
  done: change.prefix,
  overdue: 0,
  missed: 0,
  servedUntil: null,
  ...change,
});

test("nothing was drawn: nothing is said", () => {
  expect(planPrefix([])).toBeNull();
});

test("the strata of a week are one number", () => {
  const rows = [
    row("2026-03-02", { planned: 40, prefix: 30, due: 9, stratum: "country = de" }),
    row("2026-03-02", { planned: 20, prefix: 8, due: 0, stratum: "country = fr" }),
  ];
  expect(planPrefix(rows)).toEqual({ done: 38, planned: 60, since: "2026-03-02", until: "2026-03-02" });
});

test("weeks that are done are not counted while another one waits", () => {
  const rows = [
    row("2026-03-16", { planned: 10, prefix: 0, due: 10 }),
    row("2026-03-09", { planned: 50, prefix: 50, due: 0 }),
    row("2026-03-02", { planned: 30, prefix: 29, due: 1 }),
  ];
  expect(planPrefix(rows)).toEqual({ done: 29, planned: 40, since: "2026-03-02", until: "2026-03-16" });
});

test("all is done: the newest week says so", () => {
  const rows = [
    row("2026-03-02", { planned: 30, prefix: 30, due: 0 }),
    row("2026-03-09", { planned: 50, prefix: 50, due: 0 }),
  ];
  expect(planPrefix(rows)).toEqual({ done: 50, planned: 50, since: "2026-03-09", until: "2026-03-09" });
});
