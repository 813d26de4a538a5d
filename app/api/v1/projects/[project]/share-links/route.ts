import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createLink } from "@/lib/share/create-link";
import { listLinks } from "@/lib/share/queries";
import { createdLinkSchema, createLinkSchema, linkSchema } from "@/lib/share/schema";

export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: z.object({ links: z.array(linkSchema) }),
  handler: async ({ ctx }) => ({ links: await listLinks(ctx) }),
});

/** The answer holds the address with its token, this once. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: createLinkSchema,
  example: { name: "Wiki of the mail room", picture: "badge" },
  response: createdLinkSchema,
  status: 201,
  audit: "share.create",
  handler: ({ ctx, body }) => createLink(ctx, body),
});
