import { defineRoute } from "@/app/_boundary/route";
import { requestInference } from "@/lib/contract/request-inference";

/** Reads rules off the pilot, as a job; the contract's address says when they are there. Nothing is judged by them yet. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  status: 202,
  audit: "contract.infer",
  handler: ({ ctx }) => requestInference(ctx),
});
