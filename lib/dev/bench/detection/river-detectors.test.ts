import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openAdwin } from "./adwin";
import { openDdm } from "./ddm";
import type { Monitor } from "./monitor";
import { openPageHinkley } from "./page-hinkley";

type Case = { input: { errors: string }; expected: Record<keyof typeof monitors, number[]> };

const monitors = {
  pageHinkley: () => openPageHinkley(),
  pageHinkleyThreshold10: () => openPageHinkley(10),
  ddm: openDdm,
  adwin: openAdwin,
};

function alarmsOf(monitor: Monitor, errors: string): number[] {
  return errors.split("").flatMap((error, index) => (monitor.observe(Number(error)) ? [index] : []));
}

it("gives every alarm at the review at which river gives it", () => {
  const path = new URL("./vectors/river_detectors.json", import.meta.url);
  const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: Case[] };
  expect(cases).toHaveLength(8);
  const counts = { pageHinkley: 0, pageHinkleyThreshold10: 0, ddm: 0, adwin: 0 };
  for (const { input, expected } of cases) {
    for (const name of Object.keys(monitors) as (keyof typeof monitors)[]) {
      const alarms = alarmsOf(monitors[name](), input.errors);
      expect(alarms, name).toEqual(expected[name]);
      counts[name] += alarms.length;
    }
  }
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(5);
});
