import { expect, test } from "vitest";
import { answerFieldSchema } from "@/lib/review/field-schema";
import { textDiff } from "./text-diff";

const text = answerFieldSchema.parse({
  key: "x",
  label: "X",
  output_path: "/x",
  truth_path: "/x",
  type: "text",
});

test("texts are marked word by word when they share something", () => {
  expect(textDiff(text, "Northwind Trading", "Northwind Traders")).toEqual([
    { text: "Northwind ", kind: "same" },
    { text: "Trading", kind: "answer" },
    { text: "Traders", kind: "output" },
  ]);
  expect(textDiff(text, "1000", "1002")).toBeNull();
  expect(textDiff(text, "a ".repeat(3_000), "b")).toBeNull();
});
