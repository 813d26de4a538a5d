import { expect, it } from "vitest";
import { demoDays } from "./demo-days";
import { demoStream } from "./demo-stream";

it("names the days on which the stream itself changes", () => {
  const madeAt = new Date("2026-11-23T10:00:00Z");
  const days = demoDays(madeAt);
  const stream = demoStream(madeAt, 1).map(({ record }) => record);
  const of = (wanted: (record: (typeof stream)[number]) => boolean) =>
    stream.filter(wanted).map(({ occurred_at: at }) => at.slice(0, 10));
  const pilot = of(({ phase }) => phase === "pilot");
  expect(days.pilot).toEqual({ from: pilot[0], to: pilot.at(-1) });
  const production = of(({ phase }) => phase === "production");
  expect(days.production).toEqual({ from: production[0], to: production.at(-1) });
  const released = of(({ model }) => model.version === days.version);
  expect(days.release).toBe(released[0]);
  expect(days.after.to).toBe(released.at(-1));
});
