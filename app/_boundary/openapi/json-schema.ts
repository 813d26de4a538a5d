import * as z from "zod";

export type JsonSchema = Record<string, unknown>;

/** What JSON Schema says by `format` alone; zod adds patterns of some hundred characters to the same effect. */
const FORMATS_THAT_SUFFICE = new Set(["date", "date-time", "uuid", "email", "uri"]);

/** Schemas with a name (`.meta({ id })`), as they come together while the document is written. */
export type NamedSchemas = Map<string, JsonSchema>;

/**
 * A zod schema as JSON Schema 2020-12, the dialect of OpenAPI 3.1. `input`: what a caller may send; `output`: what is answered.
 * What JSON Schema has no word for (a refinement, a transformation) is left out and stays in force at the door.
 * Schemas with a name are put into `named` and referred to.
 */
export function jsonSchema(schema: z.ZodType, io: "input" | "output", named: NamedSchemas): JsonSchema {
  const {
    $schema: _dialect,
    $defs = {},
    ...converted
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema: part }) => simplify(part),
  });
  for (const [name, { id: _id, ...each }] of Object.entries($defs as Record<string, JsonSchema>))
    named.set(name, withPlacedReferences(each));
  return withPlacedReferences(converted);
}

/** A reference is resolved from the root of the document, where named schemas lie elsewhere than zod thinks. */
function withPlacedReferences(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'),
  ) as JsonSchema;
}

function simplify(part: JsonSchema): void {
  if (typeof part.format === "string" && FORMATS_THAT_SUFFICE.has(part.format)) delete part.pattern;
  if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
  if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
}

/** The members of an object schema, as OpenAPI lists parameters. @throws RangeError when the schema is none of an object */
export function parametersOf(
  schema: z.ZodType | undefined,
  place: "path" | "query",
  named: NamedSchemas,
): JsonSchema[] {
  if (!schema) return [];
  const { properties, required = [] } = jsonSchema(schema, "input", named) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  if (!properties) throw new RangeError(`The parameters in the ${place} have no object schema.`);
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: each,
  }));
}
