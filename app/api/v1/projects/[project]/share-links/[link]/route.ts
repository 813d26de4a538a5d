import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { revokeLink } from "@/lib/share/revoke-link";

export const DELETE = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ link: z.uuid() }),
  audit: "share.revoke",
  handler: ({ ctx, params }) => revokeLink(ctx, params.link),
});
