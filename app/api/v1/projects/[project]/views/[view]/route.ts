import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { deleteView, renameView } from "@/lib/view/change-view";
import { renameViewSchema, viewSchema } from "@/lib/view/schema";

const params = z.strictObject({ view: z.uuid() });

export const PATCH = defineRoute({
  policy: { capability: "project.read" },
  params,
  body: renameViewSchema,
  example: { name: "Wrong in German" },
  response: viewSchema,
  audit: "view.rename",
  handler: ({ ctx, params: { view }, body, can }) =>
    renameView(ctx, { id: view, name: body.name }, can("project.manage")),
});

export const DELETE = defineRoute({
  policy: { capability: "project.read" },
  params,
  audit: "view.delete",
  handler: ({ ctx, params: { view }, can }) => deleteView(ctx, view, can("project.manage")),
});
