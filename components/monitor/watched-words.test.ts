import { expect, it } from "vitest";

import { watchedWords } from "./watched-words";

it.each([
  [[], true, "All outputs are watched, taken together."],
  [["channel"], false, "All outputs will be watched, and every value of channel."],
  [
    ["channel", "region", '["area","sleeps"]'],
    true,
    "All outputs are watched, and every value of channel, region and area with sleeps.",
  ],
])("%j", (attributes, begun, words) => {
  expect(watchedWords(attributes, begun)).toBe(words);
});
