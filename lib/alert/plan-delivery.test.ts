import fc from "fast-check";
import { expect, test } from "vitest";
import { isQuiet, localMinute, nextLocalMinute, quietEnd } from "./local-time";
import { type PlannedChannel, planDelivery, routeOf } from "./plan-delivery";
import type { AlertRoute, QuietHours } from "./schema";

const EVERYTHING: AlertRoute = { severity: "any", attribute: "", value: "", timing: "at_once" };
const ZONE = "Europe/Berlin";
const at = (text: string) => new Date(text);
const channel = (settings: Partial<PlannedChannel> = {}): PlannedChannel => ({
  routes: [EVERYTHING],
  quiet: null,
  digestMinute: 480,
  mutedUntil: null,
  ...settings,
});
const EU = { attribute: "region", value: "eu" };
const ALL = { attribute: "", value: "" };
const NIGHT: QuietHours = { from: 22 * 60, to: 7 * 60, weekends: false, except_critical: true };

test("the first route that fits decides; what no route fits is not told", () => {
  const routes: AlertRoute[] = [
    { severity: "critical", ...EU, timing: "at_once" },
    { severity: "warning", ...ALL, timing: "digest" },
  ];
  expect(routeOf(routes, { severity: "critical", segment: EU })?.timing).toBe("at_once");
  expect(routeOf(routes, { severity: "warning", segment: EU })?.timing).toBe("digest");
  expect(routeOf(routes, { severity: "critical", segment: ALL })).toBeUndefined();
  const joined = { attribute: '["device","region"]', value: '["ios","eu"]' };
  expect(routeOf(routes, { severity: "critical", segment: joined })?.timing).toBe("at_once");
  expect(
    planDelivery(
      channel({ routes }),
      { severity: "critical", segment: ALL },
      at("2026-03-02T10:00:00Z"),
      ZONE,
    ),
  ).toBe(null);
});

test("quiet hours end in the project's zone, critical incidents come through, a weekend is one stretch", () => {
  const warn = { severity: "warning", segment: EU } as const;
  const plan = (time: string, quiet: QuietHours, severity: "warning" | "critical" = "warning") =>
    planDelivery(channel({ quiet }), { ...warn, severity }, at(time), ZONE);
  // 23:30 in Berlin
  expect(plan("2026-03-02T22:30:00Z", NIGHT)).toEqual({
    dueAt: at("2026-03-03T06:00:00Z"),
    heldFor: "quiet",
  });
  expect(plan("2026-03-02T22:30:00Z", NIGHT, "critical")).toEqual({
    dueAt: at("2026-03-02T22:30:00Z"),
    heldFor: null,
  });
  expect(plan("2026-03-02T22:30:00Z", { ...NIGHT, except_critical: false }, "critical")?.heldFor).toBe(
    "quiet",
  );
  expect(plan("2026-03-02T12:00:00Z", NIGHT)?.heldFor).toBe(null);
  // Friday 23:00 to Monday 07:00
  expect(plan("2026-03-06T22:00:00Z", { ...NIGHT, weekends: true })?.dueAt).toEqual(
    at("2026-03-09T06:00:00Z"),
  );
  // The night in which the clocks go forward.
  expect(plan("2026-03-28T22:30:00Z", NIGHT)?.dueAt).toEqual(at("2026-03-29T05:00:00Z"));
});

test("the digest goes at its time, or when quiet hours or a mute end that it falls into", () => {
  const digest = { ...EVERYTHING, timing: "digest" as const };
  const plan = (settings: Partial<PlannedChannel>) =>
    planDelivery(
      channel({ routes: [digest], ...settings }),
      { severity: "warning", segment: EU },
      at("2026-03-02T10:00:00Z"),
      ZONE,
    );
  expect(plan({})).toEqual({ dueAt: at("2026-03-03T07:00:00Z"), heldFor: "digest" });
  expect(plan({ quiet: { ...NIGHT, to: 9 * 60 } })).toEqual({
    dueAt: at("2026-03-03T08:00:00Z"),
    heldFor: "digest",
  });
  expect(plan({ mutedUntil: at("2026-03-05T12:00:00Z") })).toEqual({
    dueAt: at("2026-03-05T12:00:00Z"),
    heldFor: "mute",
  });
  const muted = channel({ mutedUntil: at("2026-03-02T23:00:00Z"), quiet: NIGHT });
  expect(planDelivery(muted, { severity: "warning", segment: EU }, at("2026-03-02T10:00:00Z"), ZONE)).toEqual(
    {
      dueAt: at("2026-03-03T06:00:00Z"),
      heldFor: "mute",
    },
  );
});

test("in every zone and on every day: quiet hours end at a moment that is not quiet, within four days", () => {
  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) }),
      fc.integer({ min: 0, max: 1_439 }),
      fc.integer({ min: 1, max: 1_200 }),
      fc.boolean(),
      (zone, time, from, length, weekends) => {
        const quiet = { from, to: (from + length) % 1_440, weekends, except_critical: true };
        const end = quietEnd(quiet, new Date(time), zone);
        expect(isQuiet(quiet, end, zone)).toBe(false);
        expect(end.getTime() - time).toBeLessThanOrEqual(4 * 86_400_000);
        const next = nextLocalMinute(new Date(time), from, zone);
        expect(next.getTime()).toBeGreaterThan(time);
        expect(next.getTime() - time).toBeLessThanOrEqual(25 * 3_600_000 + 60_000);
        // Minutes that a day skips come an hour later.
        expect(Math.abs(localMinute(next, zone).minute - from) % 1_440).toBeLessThanOrEqual(60);
      },
    ),
    { numRuns: 500, seed: 20261130 },
  );
});
