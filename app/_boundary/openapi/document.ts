import type { Entry } from "@/app/_boundary/access/surface";

import { DESCRIBED_DOORS, type DescribedDoor } from "./doors";
import { type JsonSchema, jsonSchema, type NamedSchemas } from "./json-schema";
import { openApiPath, operationId, routeOperation } from "./operation";
import { PROBLEM_SCHEMA, problemAnswers, problemResponses } from "./problem-answers";

/** What answers to keys and signatures; the addresses behind a sign-in are the pages' own and may change with them. */
export function isForSystems({ kind, declaration }: Entry): boolean {
  if (kind === "door") return true;
  return declaration !== null && "capability" in declaration.policy && declaration.policy.keys === true;
}

/** The API's description (OpenAPI 3.1), from the schemas by which routes parse and answer. */
export function openApiDocument(entries: readonly Entry[], version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  const named: NamedSchemas = new Map([["Problem", PROBLEM_SCHEMA]]);
  for (const entry of entries.filter(isForSystems).toSorted(byPath)) {
    const path = openApiPath(entry.path);
    paths[path] = { ...paths[path], [entry.method.toLowerCase()]: operationOf(entry, named) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Assay",
      version,
      description:
        "Send sampled outputs of a production system and what was right; read accuracy, incidents and outputs. A key belongs to one project.",
    },
    servers: [{ url: "/", description: "This instance." }],
    security: [{ key: [] }, { keyHeader: [] }],
    tags: [{ name: "Sending" }, { name: "Reading" }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "Authorization: Bearer asy_…" },
        keyHeader: { type: "apiKey", in: "header", name: "X-Api-Key" },
      },
      responses: problemResponses(),
      schemas: Object.fromEntries([...named].toSorted(([a], [b]) => compare(a, b))),
    },
  };
}

function byPath(a: Entry, b: Entry): number {
  return a.path === b.path ? compare(a.method, b.method) : compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function operationOf(entry: Entry, named: NamedSchemas): JsonSchema {
  if (entry.kind === "route") return routeOperation(entry, named);
  const door = DESCRIBED_DOORS[entry.path];
  if (!door) throw new RangeError(`${entry.path} is not described in app/_boundary/openapi/doors.ts.`);
  return doorOperation(entry, door, named);
}

function doorOperation({ method, path }: Entry, door: DescribedDoor, named: NamedSchemas): JsonSchema {
  const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => name);
  const answers = Object.entries(door.answers).map(([status, schema]) => [
    status,
    {
      description: "Everything of the request is on disk.",
      content: { "application/json": { schema: jsonSchema(schema, "output", named) } },
    },
  ]);
  return {
    operationId: operationId(method, path),
    summary: door.summary,
    ...(door.scope
      ? { description: [`Needs a key with the scope ${door.scope}.`, door.note].join(" ").trim() }
      : { security: [] }),
    tags: ["Sending"],
    parameters: names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    requestBody: { required: true, content: bodyContent(door, named) },
    responses: {
      ...Object.fromEntries(answers),
      ...problemAnswers([400, 401, 403, 404, 409, 413, 415, 422, 429, 503]),
    },
  };
}

function bodyContent({ body, many, example, protobuf }: DescribedDoor, named: NamedSchemas): JsonSchema {
  const one: JsonSchema = body ? jsonSchema(body, "input", named) : {};
  if (!many) {
    const binary = protobuf ? { "application/x-protobuf": {} } : {};
    return { "application/json": { schema: one, example }, ...binary };
  }
  const list: JsonSchema = { type: "array", items: one, minItems: 1, maxItems: 5000 };
  const batch: JsonSchema = { type: "object", required: ["batch"], properties: { batch: list } };
  return {
    "application/json": { schema: { anyOf: [one, list, batch] }, example },
    "application/x-ndjson": { schema: { type: "string", description: "One object a line." } },
  };
}
