import { expect, it } from "vitest";
import { settledSentence } from "./settle-group";

it("says what became of a group", () => {
  const none = { released: 0, held: 0, discarded: 0 };
  expect(settledSentence({ kind: "replay" }, { ...none, released: 1200 })).toBe(
    "1,200 records taken over as outputs",
  );
  expect(settledSentence({ kind: "replay" }, { ...none, held: 3 })).toBe(
    "No record was taken over; 3 still break a rule or cannot be read",
  );
  expect(settledSentence({ kind: "accept", note: "x" }, { ...none, released: 1, held: 1 })).toBe(
    "1 record taken over as outputs; 1 still breaks a rule or cannot be read",
  );
  expect(settledSentence({ kind: "discard", note: "x" }, { ...none, discarded: 2 })).toBe(
    "2 records discarded",
  );
});
