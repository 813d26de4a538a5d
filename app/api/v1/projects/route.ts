import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createProject } from "@/lib/project/create-project";
import { listProjects } from "@/lib/project/queries";
import { createProjectSchema, projectListItemSchema } from "@/lib/project/schema";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { sealSamplingSecret } from "@/lib/sampling/seal-sampling-secret";

export const GET = defineRoute({
  policy: { instance: "instance.use" },
  response: z.object({ projects: z.array(projectListItemSchema) }),
  handler: async ({ ctx }) => ({ projects: await listProjects(ctx) }),
});

export const POST = defineRoute({
  policy: { instance: "instance.manage" },
  body: createProjectSchema,
  example: { name: "Mail room", time_zone: "Europe/Berlin", reviews_per_week: 100 },
  response: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  status: 201,
  audit: "project.create",
  handler: ({ ctx, body }) => createProject(ctx, body, { sealSamplingSecret, createPlan: createDefaultPlan }),
});
