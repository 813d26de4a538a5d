import { defineRoute } from "@/app/_boundary/route";

import document from "./document.json";

/** The API's description (OpenAPI 3.1); app/_boundary/openapi writes it, a test holds it to the routes. */
export const GET = defineRoute({
  policy: { public: "It describes the interface and holds nothing of anybody." },
  response: "raw",
  handler: () => Response.json(document),
});
