import { newId } from "@/lib/core/id";
import type { Visitor } from "@/lib/project/begin-session";

/** The server replaced whatever the client sent by an id of its own. */
export function requestIdOf(headers: Headers): string {
  return headers.get("x-request-id") ?? newId();
}

/** The server replaced whatever the client claimed by the one address that it saw, or that a trusted proxy named. */
export function visitorOf(headers: Headers): Visitor {
  return { ip: headers.get("x-forwarded-for"), userAgent: headers.get("user-agent") };
}
