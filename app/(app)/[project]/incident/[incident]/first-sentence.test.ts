import { expect, test } from "vitest";

import { firstSentence } from "./first-sentence";

test.each([
  [
    "20 came; it was 400. Either less happens, or not. See.",
    ["20 came; it was 400.", "Either less happens, or not. See."],
  ],
  ["Of 1.5 million, 3.2 % came", ["Of 1.5 million, 3.2 % came"]],
  ["Nothing has arrived for 3 days.", ["Nothing has arrived for 3 days."]],
  ["The field a.B is gone. Ask.", ["The field a.B is gone.", "Ask."]],
])("%s", (text, parts) => {
  expect(firstSentence(text)).toEqual(parts);
});
