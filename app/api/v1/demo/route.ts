import { defineRoute } from "@/app/_boundary/route";
import { eraseDemo } from "@/lib/demo/erase-demo";
import { readDemo } from "@/lib/demo/queries";
import { requestDemo } from "@/lib/demo/request-demo";
import { demoStateSchema } from "@/lib/demo/schema";

/** How far the simulated project is. */
export const GET = defineRoute({
  policy: { instance: "instance.manage" },
  response: demoStateSchema,
  handler: ({ ctx }) => readDemo(ctx.db, ctx.now),
});

/** Asks for the simulated project; a job makes it. */
export const POST = defineRoute({
  policy: { instance: "instance.manage" },
  status: 202,
  audit: "demo.request",
  handler: ({ ctx }) => requestDemo(ctx),
});

/** Erases the simulated project with everything in it. */
export const DELETE = defineRoute({
  policy: { instance: "instance.manage" },
  audit: "project.erase",
  handler: ({ ctx }) => eraseDemo(ctx),
});
