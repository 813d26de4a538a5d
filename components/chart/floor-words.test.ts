import { expect, it } from "vitest";

import { floorName, floorState, withFloor } from "./floor-words";
import { stateSentence } from "./state-sentence";
import { makeSeries } from "./testing/make-series";

const promised = (accuracy: number) => ({ accuracy, promised: true });
const series = makeSeries([{ mean: 0.92, n: 400 }], { pilot: null });

it.each([
  [0.8, "kept", "That keeps the promised 80.0 %."],
  [
    0.93,
    "unclear",
    "Whether that keeps the promised 93.0 % cannot be told yet, which lies within the range.",
  ],
  [0.97, "below", "That is below the promised 97.0 %."],
])("of a promise of %d the number says: %s", (accuracy, state, said) => {
  expect(floorState(series.now, promised(accuracy))).toBe(state);
  expect(withFloor(stateSentence(series), series.now, promised(accuracy)).evidence[0]).toBe(said);
});

it("makes a broken promise the state where nothing else is known, and keeps a finding", () => {
  const noPilot = { ...stateSentence(series), state: "no_pilot" as const };
  expect(withFloor(noPilot, series.now, promised(0.97)).state).toBe("below");
  expect(withFloor(noPilot, series.now, promised(0.8)).state).toBe("no_pilot");
  expect(withFloor({ ...noPilot, state: "above" }, series.now, promised(0.97)).state).toBe("above");
});

it("says nothing without a number, without a floor, or of a line that follows from the pilot", () => {
  const sentence = stateSentence(series);
  expect(withFloor(sentence, null, promised(0.97))).toBe(sentence);
  expect(withFloor(sentence, series.now, null)).toBe(sentence);
  expect(withFloor(sentence, series.now, { accuracy: 0.97, promised: false })).toBe(sentence);
  expect(floorName({ accuracy: 0.912, promised: false })).toBe("Must not fall below 91.2 %");
  expect(floorName(promised(0.9))).toBe("Promised 90.0 %");
});
