import { defineRoute } from "@/app/_boundary/route";
import { changeSilence, readSilenceSetting } from "@/lib/drift/change-silence";
import { silenceSettingSchema } from "@/lib/drift/silence-schema";

/** After how long without a record the project is told. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: silenceSettingSchema,
  handler: ({ ctx }) => readSilenceSetting(ctx),
});

export const PATCH = defineRoute({
  policy: { capability: "project.manage" },
  body: silenceSettingSchema,
  example: { hours: 24 },
  response: silenceSettingSchema,
  audit: "silence.change",
  handler: ({ ctx, body }) => changeSilence(ctx, body),
});
