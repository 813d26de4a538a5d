import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { listAudit } from "@/lib/project/audit-queries";
import { auditEventSchema, auditQuerySchema } from "@/lib/project/schema";

export const GET = defineRoute({
  policy: { capability: "project.manage" },
  query: auditQuerySchema,
  response: z.object({ events: z.array(auditEventSchema), next: z.string().nullable() }),
  handler: ({ ctx, query }) => listAudit(ctx, query.before),
});
