import fc from "fast-check";
import { expect, it } from "vitest";
import { checkRecord } from "./check-record";
import { compileContract } from "./compile-contract";
import { importJsonSchema } from "./import-json-schema";
import { contractDefinitionSchema } from "./schema";

const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  required: ["age", "name"],
  additionalProperties: false,
  properties: {
    age: { type: "integer", minimum: 0, maximum: 120 },
    name: { type: "string", minLength: 2, pattern: "^([a-z]+)+$" },
    born: { type: ["string", "null"], format: "date" },
    kind: { enum: ["a", "b", null] },
    home: { $ref: "#/$defs/address" },
    tags: { type: "array", items: { type: "string", format: "hostname" } },
    either: { anyOf: [{ type: "string" }, { type: "number" }] },
  },
};

it("translates what has a counterpart and names what has none", () => {
  const { definition, unsupported } = importJsonSchema(schema, "/input");
  expect(contractDefinitionSchema.parse(definition)).toEqual(definition);
  expect(definition.rules.every(({ origin }) => origin === "edited")).toBe(true);
  expect(unsupported.map(({ pointer, keyword }) => `${pointer} ${keyword}`)).toEqual([
    "/properties/age type: integer (taken as number)",
    "/properties/name pattern",
    "/properties/home $ref",
    "/properties/tags/items format",
    "/properties/either anyOf",
  ]);
  const contract = compileContract(definition);
  const codes = (input: unknown) =>
    checkRecord(contract, { input, output: 1 }).reasons.map(({ code, path }) => `${code} ${path}`);
  expect(codes({ age: 7, name: "ada", born: null, kind: null, tags: [] })).toEqual([]);
  expect(codes({ age: 200, name: "a", born: "soon", kind: "c", tags: [1], more: 1 })).toEqual([
    "VALUE_ABOVE_RANGE /input/age",
    "TEXT_TOO_SHORT /input/name",
    "FORMAT_UNPARSEABLE /input/born",
    "VALUE_UNSEEN_CATEGORY /input/kind",
    "TYPE_COERCIBLE /input/tags/*",
    "FIELD_UNEXPECTED /input",
  ]);
  expect(codes({})).toEqual(["FIELD_MISSING_REQUIRED /input/age", "FIELD_MISSING_REQUIRED /input/name"]);
});

it("makes a valid contract or a report of anything", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 5 }),
      fc.constantFrom("properties", "items", "enum", "type", "required"),
      (value, key) => {
        for (const given of [value, { [key]: value }]) {
          const { definition, unsupported } = importJsonSchema(given, "/output");
          expect(contractDefinitionSchema.safeParse(definition).success).toBe(true);
          expect(unsupported.length).toBeLessThanOrEqual(200);
        }
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});
