import { expect, test } from "vitest";
import { csvCell } from "./dataset-text";

test("a text that a spreadsheet would run is only text", () => {
  const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1"];
  expect(texts.map((text) => csvCell(text).replace(/^"/, "").charAt(0))).toEqual(texts.map(() => "'"));
  expect([csvCell("a=1"), csvCell(-0.5), csvCell({ a: "=1" })]).toEqual(["a=1", "-0.5", '"{""a"":""=1""}"']);
});

test("commas, quotes and line breaks stay inside their cell", () => {
  expect(csvCell('say "no",\nplease')).toBe('"say ""no"",\nplease"');
  expect([csvCell(null), csvCell([]), csvCell(true)]).toEqual(["", "[]", "true"]);
});
