import { expect, test } from "vitest";
import { differences, type Said, type StoredRow } from "./compare-said";

const said = (reference: string, change: Partial<Said> = {}): Said => ({
  reference,
  outcome: "ANSWERED",
  answer: "yes",
  verdict: "CORRECT",
  certain: true,
  ...change,
});
const row = (reference: string, change: Partial<StoredRow> = {}): StoredRow => ({
  reference,
  outcome: "ANSWERED",
  answer: "yes",
  verdict: "CORRECT",
  ...change,
});

test("what was said and is stored once, in its order, is no difference", () => {
  const undone = { outcome: "UNDONE", answer: null, verdict: null } as const;
  expect(
    differences(
      [said("a"), said("b", { verdict: null }), said("a", undone), said("a", { answer: "no" })],
      [],
      [row("b"), row("a"), row("a", undone), row("a", { answer: "no" })],
    ),
  ).toEqual([]);
});

test("lost, doubled, changed, out of nowhere, and stored although it was said not to be: each is found", () => {
  expect(differences([said("a")], [], [])).toHaveLength(1);
  expect(differences([said("a")], [], [row("a"), row("a")])).toHaveLength(1);
  expect(differences([said("a")], [], [row("a", { answer: "no" })])).toHaveLength(1);
  expect(differences([said("a")], [], [row("a", { verdict: "INCORRECT" })])).toHaveLength(1);
  expect(differences([], [], [row("a")])).toHaveLength(1);
  expect(differences([said("a")], ["a"], [row("a")])).toHaveLength(1);
  expect(differences([said("a")], ["a"], [])).toEqual([]);
});

test("what nobody was told may be stored once or not at all, never twice", () => {
  const unsure = [said("a", { certain: false })];
  expect(differences(unsure, [], [])).toEqual([]);
  expect(differences(unsure, [], [row("a")])).toEqual([]);
  expect(differences(unsure, [], [row("a"), row("a")])).toHaveLength(1);
});
