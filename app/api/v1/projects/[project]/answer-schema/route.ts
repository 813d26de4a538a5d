import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { createAnswerSchema } from "@/lib/review/create-answer-schema";
import { answerSchemaVersions } from "@/lib/review/queries";
import { answerSchemaJson } from "@/lib/review/review-json";
import { answerSchemaVersionSchema, newAnswerSchemaSchema } from "@/lib/review/schema";

/** Every version of what reviewers answer, newest first: the first one is in force. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: z.object({ versions: z.array(answerSchemaVersionSchema) }),
  handler: async ({ ctx }) => ({ versions: (await answerSchemaVersions(ctx)).map(answerSchemaJson) }),
});

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: newAnswerSchemaSchema,
  example: {
    definition: {
      fields: [
        { key: "spam", label: "Is it spam?", type: "boolean", output_path: "/spam", truth_path: "/spam" },
      ],
    },
    instructions: "Judge by the message alone.",
    base_version: 0,
  },
  response: answerSchemaVersionSchema,
  status: 201,
  audit: "answer-schema.publish",
  handler: async ({ ctx, body }) =>
    answerSchemaJson(
      await createAnswerSchema(ctx, {
        definition: body.definition,
        instructions: body.instructions,
        baseVersion: body.base_version,
      }),
    ),
});
