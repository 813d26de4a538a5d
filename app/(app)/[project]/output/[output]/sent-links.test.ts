import { expect, test } from "vitest";

import { sentLinks } from "./sent-links";

const TRACE = "https://traces.example/t/4bf92f";

test.each([
  ["a text", TRACE, [{ name: "Link", address: TRACE }]],
  [
    "names",
    { trace: TRACE, "": TRACE },
    [
      { name: "trace", address: TRACE },
      { name: "Link", address: TRACE },
    ],
  ],
  [
    "a list",
    [TRACE, { title: "Trace", url: TRACE }, { rel: "run", href: TRACE }, { ticket: TRACE }],
    [
      { name: "Link", address: TRACE },
      { name: "Trace", address: TRACE },
      { name: "run", address: TRACE },
      { name: "ticket", address: TRACE },
    ],
  ],
])("links are read from %s", (_, links, found) => {
  expect(sentLinks({ links })).toEqual(found);
});

test("nothing that runs, reads files or leads nowhere is a link", () => {
  const bad = [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "mailto:a@b.example",
    "/relative",
    "",
    7,
    null,
  ];
  expect(sentLinks({ links: bad })).toEqual([]);
  expect(sentLinks({ links: Object.fromEntries(bad.map((value, at) => [`n${at}`, value])) })).toEqual([]);
  for (const extra of [null, undefined, "x", [], {}, { links: null }, { links: 7 }, { links: [[[]]] }])
    expect(sentLinks(extra)).toEqual([]);
});

test("there are at most ten, with names of at most forty letters", () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${at}`.padEnd(90, "x"), TRACE]));
  const found = sentLinks({ links: many });
  expect(found).toHaveLength(10);
  expect(found.every(({ name }) => name.length === 40)).toBe(true);
});
