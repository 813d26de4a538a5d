import { expect, it } from "vitest";
import { driftSentence } from "./drift-words";

const calm = { label: "pages", movedSince: null, index: 0.01 };
const unknown = { label: "pages", movedSince: null, index: null };
const moved = { label: "sender", movedSince: "2026-11-20", index: 0.4 };

it("says that nothing has moved only of what was compared", () => {
  expect(driftSentence({ features: [calm, unknown], outputs: 300 })).toMatch(/^Inputs come as they came/);
  expect(driftSentence({ features: [unknown], outputs: 0 })).toMatch(
    /^No output of these days has been compared/,
  );
  expect(driftSentence({ features: [unknown], outputs: 12 })).toMatch(/^Too few outputs/);
});

it("names what has moved, also when nothing came since", () => {
  expect(driftSentence({ features: [moved, unknown], outputs: 0 })).toMatch(/^“sender” has moved away/);
  expect(driftSentence({ features: [moved, moved, calm], outputs: 9 })).toMatch(/^2 of 3 fields have moved/);
});
