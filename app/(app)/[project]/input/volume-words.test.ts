import { expect, test } from "vitest";

import { volumeWords } from "./volume-words";

test("says that volume is not watched, until it is", () => {
  expect(volumeWords(0, 16)).toMatch(/from 16 days of pilot on.* There is no pilot yet\.$/);
  expect(volumeWords(1, 16)).toMatch(/This one spans 1 day\.$/);
  expect(volumeWords(15, 16)).toMatch(/This one spans 15 days\.$/);
  expect(volumeWords(16, 16)).toBeNull();
});
