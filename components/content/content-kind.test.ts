import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { fastestMs } from "@/lib/testing/fastest";
import { chatTurns } from "./chat-turns";
import { contentOf } from "./content-kind";

const base64 = (bytes: number) =>
  Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 73 + (i >> 3)) % 256)).toString("base64");

test.each<[string, unknown, string]>([
  ["a sentence", "Where is my order?", "text"],
  ["nothing", "", "text"],
  ["a long word", "a".repeat(5_000), "text"],
  ["a path", `/${"folder/".repeat(40)}file`, "text"],
  ["many digits", "1234567890".repeat(30), "text"],
  ["an e-mail with a dash and a star", "Hi,\n- Ann\n\n5 * 3 is 15.", "text"],
  ["two marks", "# Refund\n\nSee **the rules**.", "markdown"],
  ["one mark alone", "We use `code` here", "text"],
  ["bold alone", "Where is order **4711**?", "markdown"],
  ["stars between numbers", "2 ** 3 ** 4", "text"],
  ["a list and a link", "- one\n- two\n\n[rules](https://example.com)", "markdown"],
  ["a fence", "Look:\n```json\n{}\n```", "markdown"],
  ["a table of text", "a | b\n--- | ---\n1 | 2", "markdown"],
  ["base64", base64(4_000), "file"],
  ["base64 with line ends", base64(4_000).replaceAll(/(.{76})/g, "$1\n"), "file"],
  ["a short one", base64(30), "text"],
  ["a data address", `data:image/png;base64,${base64(400)}`, "file"],
  ["a conversation", [{ role: "user", content: "Hello" }], "chat"],
  [
    "records",
    [
      { id: 1, name: "a" },
      { id: 2, name: "b", note: null },
    ],
    "table",
  ],
  ["one record alone", [{ id: 1, name: "a" }], "tree"],
  [
    "records of records",
    [
      { id: 1, to: { city: "x" } },
      { id: 2, to: {} },
    ],
    "tree",
  ],
  ["records with nothing in common", [{ a: 1 }, { b: 1 }, { c: 1 }, { d: 1 }], "tree"],
  ["records with a novel", [{ a: "x".repeat(900) }, { a: "y" }], "tree"],
  ["names and values", { subject: "Hi" }, "members"],
  ["a list of numbers", [1, 2, 3], "tree"],
  ["a number", 5, "tree"],
])("%s", (_name, value, kind) => {
  expect(contentOf(value).kind).toBe(kind);
});

test("a file says what it is and how big", () => {
  expect(contentOf(`data:application/pdf;base64,${base64(3_000)}`)).toMatchObject({
    kind: "file",
    media: "application/pdf",
    bytes: 3_000,
  });
  expect(contentOf(randomBytes(600).toString("base64"))).toMatchObject({
    kind: "file",
    media: null,
    bytes: 600,
  });
});

test("a table has every name that occurs, in the order in which they come", () => {
  const rows = [
    { b: 1, a: 2 },
    { a: 3, c: 4, b: 5 },
  ];
  expect(contentOf(rows)).toEqual({ kind: "table", columns: ["b", "a", "c"], rows });
});

test("a conversation with tools, in parts, and in other people's words", () => {
  const turns = chatTurns([
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "Weather?" },
        { type: "image_url", image_url: { url: "x" } },
      ],
    },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "1", function: { name: "weather", arguments: '{"city":"Bern"}' } }],
    },
    { role: "tool", name: "weather", content: '{"degrees":4}' },
    { from: "gpt", value: "Four degrees." },
    { role: "assistant", content: [{ type: "tool_use", name: "look", input: { at: 1 } }] },
    { role: "user", content: [{ type: "tool_result", content: "seen" }] },
    { speaker: "Nurse", text: "Next, please." },
    // As OpenTelemetry writes them.
    { role: "user", parts: [{ type: "text", content: "Open?" }] },
    {
      role: "assistant",
      parts: [{ type: "tool_call", id: "1", name: "hours", arguments: { shop: 3 } }],
      finish_reason: "tool_call",
    },
    { role: "tool", parts: [{ type: "tool_call_response", id: "1", response: { until: 18 } }] },
  ]);
  expect(turns?.map(({ who, parts }) => [who, parts])).toEqual([
    ["instruction", [{ kind: "text", text: "Be brief." }]],
    [
      "person",
      [
        { kind: "text", text: "Weather?" },
        { kind: "other", value: { type: "image_url", image_url: { url: "x" } } },
      ],
    ],
    ["model", [{ kind: "call", name: "weather", given: { city: "Bern" } }]],
    ["tool", [{ kind: "result", value: { degrees: 4 } }]],
    ["model", [{ kind: "text", text: "Four degrees." }]],
    ["model", [{ kind: "call", name: "look", given: { at: 1 } }]],
    ["person", [{ kind: "result", value: "seen" }]],
    ["other", [{ kind: "text", text: "Next, please." }]],
    ["person", [{ kind: "text", text: "Open?" }]],
    ["model", [{ kind: "call", name: "hours", given: { shop: 3 } }]],
    ["tool", [{ kind: "result", value: { until: 18 } }]],
  ]);
  expect(turns?.[3]?.role).toBe("tool: weather");
  for (const no of [
    [],
    [{ role: "user" }],
    [{ content: "x" }],
    [{ role: "user", content: "x" }, 5],
    "x",
    { role: "user", content: "x" },
  ])
    expect(chatTurns(no)).toBeNull();
});

test("half a megabyte of any kind is recognised in a moment", () => {
  const long = "Lorem ipsum dolor sit amet, consectetur. ".repeat(12_500);
  const values = [
    long,
    base64(400_000),
    [{ role: "user", content: long }],
    `# A\n\n${"- *a* **b\n".repeat(50_000)}`,
  ];
  const mean = ["[", "|", "`", "*", "- ", "1. ", "|-|\n", "~~~\n"].map((text) =>
    text.repeat(500_000 / text.length),
  );
  for (const value of [...values, ...mean]) expect(fastestMs(() => contentOf(value))).toBeLessThan(100);
});
