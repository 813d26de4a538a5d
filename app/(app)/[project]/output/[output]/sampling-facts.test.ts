import { expect, test } from "vitest";

import { raisedBy } from "./sampling-facts";

test("what is drawn more often says why", () => {
  expect(raisedBy({ flags: ["VALUE_UNSEEN_CATEGORY", "DUP_CONTENT"] })).toBe(
    "flagged: value unseen category, dup content",
  );
  expect(raisedBy({ flags: [] })).toBe("a field of it lies where it has moved away from the pilot");
});
