import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { listAudit } from "@/lib/project/audit-queries";
import { auditEventSchema, auditQuerySchema } from "@/lib/project/schema";

/** What happened to the installation itself; each project has its own log. */
export const GET = defineRoute({
  policy: { instance: "instance.manage" },
  query: auditQuerySchema,
  response: z.object({ events: z.array(auditEventSchema), next: z.string().nullable() }),
  handler: ({ ctx, query }) => listAudit(ctx, query.before),
});
