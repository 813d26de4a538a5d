import { expect, test } from "vitest";
import { foundSentence, pickedSentence, tagCounts } from "./picked-words";

const none = { batch_id: "b", picked: 0, already_waiting: 0, not_found: 0, left_out: 0 };

test("what became of a question is said in one sentence for each part", () => {
  expect(pickedSentence({ ...none, picked: 1 })).toEqual({
    title: "1 output picked to be looked at",
    description: null,
  });
  expect(pickedSentence({ ...none, picked: 500, already_waiting: 2, left_out: 200 })).toEqual({
    title: "500 outputs picked to be looked at",
    description:
      "2 wait in that queue already. Beyond the most that can be asked for at once, the rest was left out.",
  });
  expect(pickedSentence({ ...none, already_waiting: 1, not_found: 3 })).toEqual({
    title: "Nothing new to look at",
    description: "1 waits in that queue already. 3 could not be found.",
  });
});

test("what was found is counted, and nothing is said about nothing", () => {
  expect(foundSentence({ wrong: 0, right: 0, unsure: 0 })).toBeNull();
  expect(foundSentence({ wrong: 9, right: 0, unsure: 1 })).toBe("9 wrong, 1 not to be judged");
  expect(tagCounts([{ errorTags: ["b", "a_x"] }, { errorTags: ["a_x"] }, { errorTags: [] }])).toEqual([
    { tag: "a x", count: 2 },
    { tag: "b", count: 1 },
  ]);
});
