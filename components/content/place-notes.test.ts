import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { JsonView } from "@/components/ui/json-view";
import { ContentView } from "./content-view";
import { notedPlace } from "./noted-place";
import { flatNotes, notesWithin, placeNotes } from "./place-notes";
import { RecordTable } from "./record-table";

const INPUT = {
  amount: 900,
  "a/b": { "x*": 1 },
  address: { street: "High Road" },
  lines: [
    { sku: "A", price: 5 },
    { sku: "B", price: 900 },
  ],
};
const LARGE = "A value is too large: expected at most 100.";
const placed = (value: unknown, ...paths: string[]) => [
  ...placeNotes(
    value,
    paths.map((path) => ({ path, sentence: LARGE })),
  ),
];
const note = (text: string, member: string | null = null) => ({ text, member });

test("a remark stands at its field, at any depth, whatever its name", () => {
  expect(placed(INPUT, "/amount", "/a~1b/x~2", "")).toEqual([
    ["/amount", [note(LARGE)]],
    ["/a~1b/x*", [note(LARGE)]],
    ["", [note(LARGE)]],
  ]);
});

test("what is missing is named where it should be; what is meant in each member, at the list", () => {
  expect(placed(INPUT, "/address/geo/zip", "/lines/*/price", "/lines/*")).toEqual([
    ["/address", [note(`“geo › zip”: ${LARGE}`, "zip")]],
    [
      "/lines",
      [
        note(`“price” in one or more of them: ${LARGE}`, "price"),
        note(`In one or more of them: ${LARGE}`, "*"),
      ],
    ],
  ]);
  expect(placed("a letter", "/amount")).toEqual([["", [note(`“amount”: ${LARGE}`, "amount")]]]);
});

test("members see their own remarks, and what has no places all of them", () => {
  const all = placeNotes(INPUT, [
    { path: "/amount", sentence: LARGE },
    { path: "/address/street", sentence: LARGE },
  ]);
  expect([...notesWithin(all, "address")]).toEqual([["/street", [note(LARGE)]]]);
  expect([...notesWithin(all, "amoun")]).toEqual([]);
  expect(flatNotes(all).map(({ text }) => text)).toEqual([
    `At amount: ${LARGE}`,
    `At address › street: ${LARGE}`,
  ]);
});

/** Each remark is said once, in words, and with a sign. */
function saidOnce(html: string): boolean {
  return html.split("too large").length === 2 && html.includes("<svg");
}

test("every way of showing says it in words, also what is folded or far down", () => {
  const view = (value: unknown, path: string) => {
    const noted = notedPlace(value, [{ path, sentence: LARGE }]);
    return renderToStaticMarkup(createElement(ContentView, { value, label: "Input", noted }));
  };
  expect(saidOnce(view({ amount: 900 }, "/amount"))).toBe(true);
  expect(saidOnce(view("a letter", ""))).toBe(true);
  expect(saidOnce(view("# Order\n\nSee **below**.", ""))).toBe(true);
  expect(saidOnce(view([{ role: "user", content: "Hello" }], "/*/content"))).toBe(true);
  expect(saidOnce(view(INPUT.lines, "/*/price"))).toBe(true);
  expect(saidOnce(view(null, ""))).toBe(true);
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`field ${at}`, at]));
  expect(saidOnce(view(many, "/field 80"))).toBe(true);

  const tree = (value: unknown, path: string) => {
    const notes = placeNotes(value, [{ path, sentence: LARGE }]);
    return renderToStaticMarkup(createElement(JsonView, { value, label: "Input", notes }));
  };
  expect(saidOnce(tree({ a: { b: { c: { d: 900 } } } }, "/a/b/c/d"))).toBe(true);
  expect(saidOnce(tree({ deep: many }, "/deep/field 80"))).toBe(true);
  expect(tree({ lines: [1, 2] }, "/lines/*")).toContain(
    'aria-label="lines, 2 items, In one or more of them: A value is too large',
  );
  // Without a remark nothing is marked.
  expect(tree({ a: 1 }, "/b").includes("too large")).toBe(true);
  expect(renderToStaticMarkup(createElement(JsonView, { value: { a: 1 }, label: "Input" }))).not.toContain(
    "warn",
  );
});

test("a table marks the column", () => {
  const html = renderToStaticMarkup(
    createElement(RecordTable, {
      columns: ["sku", "price"],
      rows: INPUT.lines,
      label: "lines",
      noted: new Set(["price"]),
    }),
  );
  expect(html.match(/<th[^>]*>price.*?<\/th>/)?.[0]).toContain("see the remark above");
  expect(html.match(/<th[^>]*>sku.*?<\/th>/)?.[0]).not.toContain("see the remark above");
});
