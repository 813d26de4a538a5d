import { expect, test } from "vitest";
import { axisOf, swipeDistance, swipeOf } from "./swipe";

test.each([
  [{ dx: 120, dy: 10, width: 390 }, "right"],
  [{ dx: -120, dy: -20, width: 390 }, "left"],
  [{ dx: 60, dy: 0, width: 390 }, null],
  [{ dx: 120, dy: 80, width: 390 }, null],
  [{ dx: 10, dy: 300, width: 390 }, null],
  [{ dx: 0, dy: 0, width: 390 }, null],
])("%j is %s", (movement, direction) => {
  expect(swipeOf(movement)).toBe(direction);
});

test("scrolling is told early, and a trembling tap is neither", () => {
  expect(axisOf({ dx: 3, dy: 20 })).toBe("scroll");
  expect(axisOf({ dx: 20, dy: 15 })).toBe("scroll");
  expect(axisOf({ dx: 20, dy: 3 })).toBe("swipe");
  expect(axisOf({ dx: 6, dy: 4 })).toBeNull();
});

test("the way is a quarter of the screen, within reach of a thumb", () => {
  expect([swipeDistance(200), swipeDistance(400), swipeDistance(1_200)]).toEqual([80, 100, 160]);
});
