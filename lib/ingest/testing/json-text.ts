import fc from "fast-check";

/** Fragments at which parsers differ. */
const ODD_PARTS = [
  "1e400",
  "1e-400",
  "9007199254740993",
  "-0",
  "0.1",
  "1E+2",
  "01",
  "NaN",
  '"\\u0000"',
  '"\\ud800"',
  '"\\ud83d\\ude00"',
  '"é"',
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"__proto__":{"x":1}}',
  '"\\/"',
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  '"',
  "\\",
  "null",
  "tru",
  "123456789012345678",
  "0.10000000000000000555",
  "1e308",
  "-1.5e-308",
  "\t",
  "\n",
  "\u00a0",
];

const plainJson = fc.jsonValue({ maxDepth: 5, noUnicodeString: false }).map((value) => JSON.stringify(value));

const spaced = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value, null, 2));

/** Valid texts with one edit: a cut, a repeated byte, an odd part put in. */
const edited = fc
  .tuple(plainJson, fc.nat(), fc.nat({ max: 3 }), fc.constantFrom("", ...ODD_PARTS))
  .map(([text, at, cut, part]) => {
    const position = at % (text.length + 1);
    return text.slice(0, position) + part + text.slice(position + cut);
  });

const assembled = fc
  .array(fc.constantFrom(...ODD_PARTS, '"k":', "1", ","), { maxLength: 12 })
  .map((parts) => parts.join(""));

const oddValues = fc
  .array(fc.constantFrom(...ODD_PARTS), { minLength: 1, maxLength: 4 })
  .map((parts) => `{"id":"a","input":[${parts.join(",")}],"output":${parts[0]}}`);

/** Texts that are JSON, nearly JSON, or JSON with something that databases or JavaScript change in silence. */
export const anyJsonText = fc
  .oneof(plainJson, spaced, edited, assembled, oddValues)
  .map((text) => Buffer.from(text, "utf8").toString("utf8"));
