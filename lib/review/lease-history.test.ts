import { expect, test } from "vitest";
import { type LeaseEvent, overlappingLeases, primaryWithoutLease } from "./testing/lease-history";

const granted = (token: string, at: number, until: number, slotId = "s"): LeaseEvent => ({
  kind: "granted",
  slotId,
  token,
  reviewer: 0,
  at,
  until,
});

test("leases one after the other, on other slots, cut short or renewed are no overlap", () => {
  expect(
    overlappingLeases([
      granted("a", 0, 100),
      granted("b", 100, 200),
      granted("x", 50, 150, "other"),
      { kind: "ended", slotId: "s", token: "b", at: 150 },
      granted("c", 150, 300),
      { kind: "extended", slotId: "s", token: "c", at: 200, until: 400 },
      granted("d", 400, 500),
    ]),
  ).toEqual([]);
});

test.each([
  ["a lease inside another", [granted("a", 0, 100), granted("b", 50, 80)]],
  [
    "a lease inside a renewed one",
    [
      granted("a", 0, 100),
      { kind: "extended", slotId: "s", token: "a", at: 50, until: 300 } as const,
      granted("b", 200, 250),
    ],
  ],
  [
    "behind a long one that hides under a short one",
    [granted("a", 0, 500), granted("b", 500, 501), granted("c", 400, 401)],
  ],
])("a planted overlap is found: %s", (_name, events) => {
  expect(overlappingLeases(events)).toHaveLength(1);
});

test("a slot filled under a lease that another had replaced is found; an extra review is no fault", () => {
  const events = [granted("a", 0, 100), granted("b", 100, 200)];
  const fact = (token: string, at: number, primary: boolean) => ({ slotId: "s", token, at, primary });
  expect(primaryWithoutLease(events, [fact("b", 150, true), fact("a", 160, false)])).toEqual([]);
  expect(primaryWithoutLease(events, [fact("a", 150, true)])).toEqual(["s: filled under a, held under b"]);
  expect(primaryWithoutLease(events, [fact("ghost", 50, true)])).toHaveLength(1);
});
