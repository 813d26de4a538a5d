import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { listViews } from "@/lib/view/queries";
import { saveView } from "@/lib/view/save-view";
import { saveViewSchema, VIEW_KINDS, viewListSchema, viewSchema } from "@/lib/view/schema";

export const GET = defineRoute({
  policy: { capability: "project.read" },
  query: z.strictObject({ kind: z.enum(VIEW_KINDS).default("outputs") }),
  response: viewListSchema,
  handler: async ({ ctx, query, can }) => ({
    views: await listViews(ctx, query.kind),
    may_share: can("project.manage"),
  }),
});

/** Keeps an address under a name. */
export const POST = defineRoute({
  policy: { capability: "project.read" },
  body: saveViewSchema,
  example: { kind: "outputs", name: "Wrong in German", query: "?segment=language%3Dde", shared: false },
  response: viewSchema,
  status: 201,
  audit: "view.save",
  handler: ({ ctx, body, can }) => saveView(ctx, body, can("project.manage")),
});
