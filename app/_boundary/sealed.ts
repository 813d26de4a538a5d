import { SHARED_HEADERS } from "@/lib/core/shared-picture-headers";

/** What every answer of the API carries: it is private, inert and never cached. A picture for other sites is inert all the same. */
export function sealed(response: Response, requestId: string, isShownElsewhere = false): Response {
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  response.headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("cross-origin-resource-policy", "same-origin");
  if (isShownElsewhere)
    for (const [name, value] of Object.entries(SHARED_HEADERS)) response.headers.set(name, value);
  return response;
}
