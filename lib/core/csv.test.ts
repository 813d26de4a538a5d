import { describe, expect, it } from "vitest";

import { csvCell, csvRow } from "./csv";

describe("a cell", () => {
  it("that a spreadsheet would run is only text", () => {
    const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\u0000x", "'=1", "''-2"];
    expect(texts.map((text) => csvCell(text).replace(/^"(.*)"$/s, "$1"))).toEqual(
      texts.map((text) => `'${text}`),
    );
    expect([csvCell("a=1"), csvCell("'a"), csvCell(-0.5), csvCell({ a: "=1" })]).toEqual([
      "a=1",
      "'a",
      "-0.5",
      '"{""a"":""=1""}"',
    ]);
  });
  it("keeps its commas, quotes and line breaks, and tells nothing from an empty text", () => {
    expect(csvCell('say "no",\nplease')).toBe('"say ""no"",\nplease"');
    expect([csvCell(null), csvCell(""), csvCell([]), csvCell(true)]).toEqual(["", '""', "[]", "true"]);
  });
});

/* An independent reader: letter by letter, knowing only RFC 4180 and the stated rule about apostrophes. */

interface ReadCell {
  text: string;
  quoted: boolean;
}

function readCsv(file: string): ReadCell[][] {
  const rows: ReadCell[][] = [];
  let row: ReadCell[] = [];
  let text = "";
  let quoted = false;
  let inside = false;
  const endCell = () => {
    row.push({ text, quoted });
    text = "";
    quoted = false;
  };
  for (let at = 0; at < file.length; at += 1) {
    const letter = file[at] ?? "";
    if (inside) {
      if (letter !== '"') text += letter;
      else if (file[at + 1] === '"') {
        text += '"';
        at += 1;
      } else inside = false;
    } else if (letter === '"' && text === "" && !quoted) {
      inside = true;
      quoted = true;
    } else if (letter === ",") endCell();
    else if (letter === "\r" && file[at + 1] === "\n") {
      endCell();
      rows.push(row);
      row = [];
      at += 1;
    } else text += letter;
  }
  expect([inside, text, row]).toEqual([false, "", []]);
  return rows;
}

const SIGNS = ["=", "+", "-", "@", "\t", "\r", "\u0000", "＝", "＋", "－", "＠"];

/** Takes the apostrophe off, as the rule says it. */
function unguarded(text: string): string {
  let at = 0;
  while (text[at] === "'") at += 1;
  if (at === 0) return text;
  while (at < text.length && !SIGNS.includes(text[at] ?? "") && (text[at] ?? "").trim() === "") at += 1;
  return SIGNS.includes(text[at] ?? "") ? text.slice(1) : text;
}

/** What a spreadsheet could run: it ignores blanks before the sign. A number is no formula. */
function isFormula(text: string): boolean {
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text)) return false;
  return SIGNS.includes(text[0] ?? "") || SIGNS.includes(text.trimStart()[0] ?? "");
}

type Cell = string | number | null;

/** Texts out of all that hurts, numbers of all sizes, and nothing; always the same ones. */
function madeRows(rows: number, columns: number): Cell[][] {
  let state = 20261130;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pieces = [
    ...SIGNS,
    "'",
    '"',
    ",",
    "\n",
    "\r\n",
    " ",
    "\u00a0",
    ";",
    "1",
    "cmd|' /C calc'!A0",
    "é",
    "😀",
    "a",
    "SUM(A1)",
  ];
  const text = () => Array.from({ length: next(7) }, () => pieces[next(pieces.length)] ?? "").join("");
  const number = () => (next(2_000_001) - 1_000_000) / 10 ** next(9);
  const cell = (column: number): Cell => {
    if (next(20) === 0) return null;
    return column === 0 ? number() : text();
  };
  return Array.from({ length: rows }, () => Array.from({ length: columns }, (_, column) => cell(column)));
}

function readBack(file: string): Cell[][] {
  return readCsv(file).map((cells) =>
    cells.map(({ text, quoted }, column) => {
      if (text === "" && !quoted) return null;
      return column === 0 ? Number(text) : unguarded(text);
    }),
  );
}

const formulasIn = (file: string) =>
  readCsv(file)
    .flat()
    .filter(({ text }) => isFormula(text)).length;

describe("200,000 random cells", () => {
  const rows = madeRows(25_000, 8);
  it("are read back as they were, and none of them is a formula", () => {
    const file = rows.map(csvRow).join("");
    expect(rows.flat()).toHaveLength(200_000);
    const read = readBack(file);
    expect(read.length).toBe(rows.length);
    const different = rows.filter((row, at) =>
      row.some((cell, column) => !Object.is(cell, read[at]?.[column])),
    );
    expect(different.slice(0, 3)).toEqual([]);
    expect(formulasIn(file)).toBe(0);
  });
  it("without the guard would hold formulas, which the test sees", () => {
    const unguardedCell = (cell: Cell) =>
      cell === null ? "" : typeof cell === "number" ? String(cell) : `"${cell.replaceAll('"', '""')}"`;
    const file = rows
      .slice(0, 2_500)
      .map((row) => `${row.map(unguardedCell).join(",")}\r\n`)
      .join("");
    expect(formulasIn(file)).toBeGreaterThan(1_000);
  });
});
