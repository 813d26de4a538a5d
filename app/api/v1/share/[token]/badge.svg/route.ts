import { defineRoute } from "@/app/_boundary/route";
import { sharedPicture, tokenSchema } from "@/app/_boundary/shared-picture";

/** For other sites: a picture behind a token of its own. */
export const GET = defineRoute({
  policy: { public: "Its token is the permission; it shows one picture, and nothing else." },
  shownElsewhere: true,
  params: tokenSchema,
  response: "raw",
  handler: ({ ctx, params, request }) => sharedPicture(ctx, { ...params, picture: "badge" }, request.headers),
});
