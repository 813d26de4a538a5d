import type * as z from "zod";

import { problemAnswers } from "./problem-answers";
import { type JsonSchema, jsonSchema, type NamedSchemas, parametersOf } from "./json-schema";
import type { Entry } from "@/app/_boundary/access/surface";

/** `/api/v1/projects/[project]/accuracy` → `/api/v1/projects/{project}/accuracy` */
export function openApiPath(path: string): string {
  return path.replaceAll(/\[(\w+)\]/g, "{$1}");
}

/** `GET /api/v1/projects/[project]/mix-rate` → `getMixRate`; unique, because the last fixed part and the parameter behind it are in it. */
export function operationId(method: string, path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== "api" && part !== "v1");
  const below = parts[0] === "projects" && parts.length > 2 ? parts.slice(2) : parts;
  const words = below.map((part) => part.replaceAll(/^\[(\w+)\]$/g, "by-$1")).join("-");
  const name = words.replaceAll(/[-.](\w)/g, (_all, letter: string) => letter.toUpperCase());
  return method.toLowerCase() + name.charAt(0).toUpperCase() + name.slice(1);
}

/** The operation of a route that defineRoute made, from the schemas by which it parses and answers. */
export function routeOperation({ method, path, declaration }: Entry, named: NamedSchemas): JsonSchema {
  if (!declaration?.schemas)
    throw new RangeError(`${method} ${path} does not say what it takes and answers.`);
  const { summary, schemas } = declaration;
  const project = path.includes("[project]") ? [PROJECT_PARAMETER] : [];
  return {
    operationId: operationId(method, path),
    summary: summary ?? "",
    tags: ["Reading"],
    parameters: [
      ...project,
      ...parametersOf(schemas.params, "path", named),
      ...parametersOf(schemas.query, "query", named),
    ],
    responses: {
      [schemas.status]: { description: "As asked.", ...contentOf(schemas.response, named) },
      ...problemAnswers([400, 401, 403, 404, 422, 429, 503]),
    },
  };
}

const PROJECT_PARAMETER: JsonSchema = {
  name: "project",
  in: "path",
  required: true,
  description: "The project's short name, as in the address of its pages.",
  schema: { type: "string" },
};

function contentOf(response: z.ZodType | "raw" | undefined, named: NamedSchemas): JsonSchema {
  if (!response || response === "raw") return {};
  return { content: { "application/json": { schema: jsonSchema(response, "output", named) } } };
}
