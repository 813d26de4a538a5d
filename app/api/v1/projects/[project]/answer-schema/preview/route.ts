import { defineRoute } from "@/app/_boundary/route";
import { previewForm } from "@/lib/review/preview-form";
import { formPreviewSchema, previewRequestSchema } from "@/lib/review/trial-schema";

/** A form tried on real outputs: what it finds in them, and how an answer is compared. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: previewRequestSchema,
  example: {
    definition: {
      fields: [
        { key: "spam", label: "Is it spam?", type: "boolean", output_path: "/spam", truth_path: "/spam" },
      ],
    },
    answer: { spam: true },
  },
  response: formPreviewSchema,
  audit: { none: "it changes nothing" },
  handler: ({ ctx, body }) => previewForm(ctx, body),
});
