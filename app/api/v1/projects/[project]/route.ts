import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { eraseProject } from "@/lib/project/erase-project";
import { describeProject } from "@/lib/project/queries";
import { projectSchema, slugSchema, updateProjectSchema } from "@/lib/project/schema";
import { updateProject } from "@/lib/project/update-project";

export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "The project: name, time zone and what it shows to whom.",
  response: projectSchema,
  handler: ({ project }) => describeProject(project),
});

export const PATCH = defineRoute({
  policy: { capability: "project.manage" },
  body: updateProjectSchema,
  example: { viewers_see_payloads: true },
  response: projectSchema,
  audit: "project.update",
  handler: async ({ ctx, body }) => describeProject(await updateProject(ctx, body)),
});

/** Erases the project and everything in it. */
export const DELETE = defineRoute({
  policy: { instance: "instance.manage" },
  params: z.strictObject({ project: slugSchema }),
  body: z.strictObject({ name: z.string().max(80) }),
  audit: "project.erase",
  handler: ({ ctx, params, body }) => eraseProject(ctx, params.project, body.name),
});
