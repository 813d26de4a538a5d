import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { showTour } from "@/lib/project/change-own-account";

/** Whether the person is shown the tour of the simulated project. */
export const PUT = defineRoute({
  policy: { instance: "instance.use" },
  body: z.strictObject({ shown: z.boolean() }),
  example: { shown: true },
  audit: "person.tour",
  handler: ({ ctx, body }) => showTour(ctx, body.shown),
});
