import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "./auth";
import { declare } from "./policy";
import { nothingHere, problemResponse, RefusedRequest } from "./problem";
import { requestIdOf, visitorOf } from "./request-facts";
import { requireSameOrigin } from "./same-origin";
import { sealed } from "./sealed";

const BODY_BYTES = 16 * 1024;

/** The few of next-auth's actions that are needed. Its session endpoint, its pages and its log are not among them. */
const ACTIONS: ReadonlySet<string> = new Set([
  "GET csrf",
  "GET signin",
  "GET error",
  "GET callback/oidc",
  "POST signin/oidc",
  "POST callback/credentials",
]);

type AuthContext = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: AuthContext): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const { nextauth } = await context.params;
    if (!ACTIONS.has(`${request.method} ${nextauth.join("/")}`)) throw nothingHere();
    if (request.method === "POST") {
      requireSameOrigin(request.headers);
      requireSmallForm(request.headers);
    }
    const options = authOptions(visitorOf(request.headers), requestId);
    return sealed((await NextAuth(request, context, options)) as Response, requestId);
  } catch (error) {
    return sealed(problemResponse(error, requestId), requestId);
  }
}

/** next-auth reads a body of any size. */
function requireSmallForm(headers: Headers): void {
  const length = headers.get("content-length");
  if (length === null || Number(length) > BODY_BYTES) {
    throw new RefusedRequest(413, "body_too_large", `The form may have at most ${BODY_BYTES} bytes.`);
  }
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get("content-type") ?? "")) {
    throw new RefusedRequest(415, "content_type", "Send a form.");
  }
}

export const authRoute = declare(handle, {
  policy: { public: "People prove here who they are; next-auth guards it by a token of its own." },
  audit: "session.begin",
  example: undefined,
  takesBody: true,
});
