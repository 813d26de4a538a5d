import * as z from "zod";

/* The part of an OpenAPI 3.1 description that a reader needs; everything else of it is left out. */

type Schema = Record<string, unknown>;

const operationSchema = z.object({
  summary: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default([]),
  requestBody: z
    .object({
      content: z.record(
        z.string(),
        z.object({ schema: z.record(z.string(), z.unknown()).optional(), example: z.unknown().optional() }),
      ),
    })
    .optional(),
  responses: z.record(z.string(), z.unknown()),
});

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

export interface ApiField {
  name: string;
  type: string;
  required: boolean;
  note: string;
}

export interface ApiOperation {
  id: string;
  method: string;
  path: string;
  group: string;
  summary: string;
  note: string;
  parameters: ApiField[];
  body: ApiField[];
  /** As JSON text; null where there is none. */
  example: string | null;
  statuses: string[];
}

/** Every operation of the product's own description, as a page shows it. @throws when the description has another form */
export function apiOperations(description: unknown): ApiOperation[] {
  const document = documentSchema.parse(description);
  const named = document.components.schemas;
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const json = operation.requestBody?.content["application/json"];
      return {
        id: `${method}-${path}`.replaceAll(/[^a-z0-9]+/gi, "-").replaceAll(/^-|-$/g, ""),
        method: method.toUpperCase(),
        path,
        group: operation.tags[0] ?? "Other",
        summary: operation.summary,
        note: operation.description ?? "",
        parameters: operation.parameters.map(({ name, required, description: note, schema }) => ({
          name,
          type: typeWords(schema ?? {}, named),
          required: required ?? false,
          note: note ?? "",
        })),
        body: json?.schema ? fieldsOf(json.schema, named) : [],
        example: json?.example === undefined ? null : JSON.stringify(json.example, null, 2),
        statuses: Object.keys(operation.responses),
      };
    }),
  );
}

/** The members of an object; of a choice, those of its first part, which is the one record. */
function fieldsOf(schema: Schema, named: Readonly<Record<string, Schema>>): ApiField[] {
  const whole = resolved(schema, named);
  const [first] = Array.isArray(whole.anyOf) ? (whole.anyOf as Schema[]) : [];
  if (first) return fieldsOf(first, named);
  const required = new Set(Array.isArray(whole.required) ? (whole.required as string[]) : []);
  const members = (whole.properties ?? {}) as Record<string, Schema>;
  return Object.entries(members).map(([name, member]) => ({
    name,
    type: typeWords(member, named),
    required: required.has(name),
    note: typeof member.description === "string" ? member.description : "",
  }));
}

function resolved(schema: Schema, named: Readonly<Record<string, Schema>>): Schema {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  return (name === undefined ? undefined : named[name]) ?? schema;
}

/** "text", "list of numbers", "a or b": what stands in a schema, in a few words. */
function typeWords(schema: Schema, named: Readonly<Record<string, Schema>>): string {
  const whole = resolved(schema, named);
  if (Array.isArray(whole.enum)) return whole.enum.map(String).join(" | ");
  if (whole.const !== undefined) return JSON.stringify(whole.const);
  for (const key of ["anyOf", "oneOf"] as const) {
    const parts = whole[key];
    if (Array.isArray(parts)) {
      const words = (parts as Schema[]).map((part) => typeWords(part, named));
      return [...new Set(words)].join(" or ");
    }
  }
  if (Array.isArray(whole.type)) return whole.type.map(String).join(" or ");
  if (whole.type === "array") return `list of ${typeWords((whole.items ?? {}) as Schema, named)}`;
  if (typeof whole.format === "string") return whole.format;
  return typeof whole.type === "string" ? whole.type : "any JSON";
}
