import { declare } from "./policy";
import { nothingHere, problemResponse } from "./problem";
import { requestIdOf } from "./request-facts";
import { sealed } from "./sealed";

/** A machine that asks at a wrong address gets a problem document; Next's own answer would be a page. */
function handle(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  return Promise.resolve(sealed(problemResponse(nothingHere(), requestId), requestId));
}

export const unknownRoute = declare(handle, {
  policy: { public: "It says of every address alike that there is nothing." },
  audit: { none: "It does nothing." },
  example: undefined,
  takesBody: false,
});
