import { expect, test } from "vitest";
import { ApiProblem } from "@/components/ui/fetch-json";
import type { SavedReview } from "@/lib/review/wire-schema";
import type { OutboxEntry } from "./outbox";
import { sendEntry } from "./send-entry";
import { makeItem, makeRevealed } from "./testing/make-item";

const answer: OutboxEntry = {
  key: "k",
  path: "answer",
  reference: "case a",
  body: { slot_id: "a", lease_token: "token of a", answer_schema_id: "form", answer: { label: true } },
};
const saved: SavedReview = { review_id: "r", revision: 1, primary: true, repeated: false, next: null };

/** A server that says this to the reveal, and serves this item. */
function serverWith(reveal: "CORRECT" | "INCORRECT" | ApiProblem, served = makeItem("a")) {
  const called: string[] = [];
  const note = <T>(name: string, value: T) => {
    called.push(name);
    return value instanceof ApiProblem ? Promise.reject(value) : Promise.resolve(value);
  };
  const api = {
    submit: () => note("submit", saved),
    skip: () => note("skip", saved),
    undo: () => note("undo", new ApiProblem(410, { detail: "There is nothing to undo." })),
    reveal: () => note("reveal", reveal instanceof ApiProblem ? reveal : makeRevealed(reveal)),
    claim: () => note("claim", { item: served, queue: null }),
    release: () => void called.push("release"),
  };
  const told: string[] = [];
  const handlers = {
    onSaved: () => void told.push("saved"),
    onReturned: () => void told.push("returned"),
    onUndone: () => void told.push("undone"),
    onNothingUndone: (sentence: string) => void told.push(sentence),
  };
  return { called, told, send: (entry: OutboxEntry) => sendEntry(api as never, entry, handlers) };
}

test("an answer that was given without connection is compared first; one that agrees is submitted", async () => {
  const { called, told, send } = serverWith("CORRECT");
  expect(await send(answer)).toBe("done");
  expect([called, told]).toEqual([["reveal", "submit"], ["saved"]]);
});

test("one that differs, or whose output is to be scored, comes back to its author", async () => {
  const differing = serverWith("INCORRECT");
  expect(await differing.send(answer)).toBe("back");
  expect([differing.called, differing.told]).toEqual([["reveal", "claim"], ["returned"]]);
  const scored = serverWith("CORRECT");
  expect(await scored.send({ ...answer, wantsLook: true })).toBe("back");
});

test("one whose item somebody else has is submitted as it is; another item that comes instead is given back", async () => {
  const lost = serverWith(new ApiProblem(409, { reason: "lease_lost" }));
  expect(await lost.send(answer)).toBe("done");
  expect(lost.called).toEqual(["reveal", "submit"]);
  const other = serverWith("INCORRECT", makeItem("b"));
  expect(await other.send(answer)).toBe("done");
  expect(other.called).toEqual(["reveal", "claim", "release", "submit"]);
});

test("what cannot be sent now stays, what will never be taken is said", async () => {
  expect(await serverWith(new ApiProblem(0, {})).send(answer)).toBe("retry");
  expect(await serverWith(new ApiProblem(401, {})).send(answer)).toBe("sign-in");
  expect(await serverWith(new ApiProblem(410, { detail: "It was removed." })).send(answer)).toEqual({
    refused: "It was removed.",
  });
  const nothing = serverWith("CORRECT");
  expect(await nothing.send({ ...answer, path: "undo" })).toBe("done");
  expect(nothing.told).toEqual(["There is nothing to undo."]);
});
