import type * as z from "zod";

import type { Capability, InstanceCapability } from "@/lib/project/permission";

/**
 * Who may come in. `capability` needs a project in the path; `keys: true` also lets API keys in whose scopes grant it;
 * `public` says why nobody needs to sign in.
 */
export type RoutePolicy =
  | { readonly capability: Capability; readonly keys?: boolean }
  | { readonly instance: InstanceCapability }
  | { readonly public: string };

/** What a route says about itself. The matrix test reads it from the exported handler and computes what must happen. */
export interface RouteDeclaration {
  readonly policy: RoutePolicy;
  /** The audit action that a successful mutation writes, several when it changes several things, or why it writes none. */
  readonly audit: string | readonly string[] | { readonly none: string } | null;
  /** A body that the route accepts, when it takes one. */
  readonly example: unknown;
  readonly takesBody: boolean;
  /** One sentence for the API's description; every route for systems has one. */
  readonly summary?: string | undefined;
  readonly schemas?: RouteSchemas;
}

/** What the route parses; absent where it takes or answers nothing, "raw" where it answers something that is not JSON. */
export interface RouteSchemas {
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly response?: z.ZodType | "raw" | undefined;
  readonly status: number;
}

const DECLARATION = Symbol.for("assay.route");

export function declare<H extends object>(handler: H, declaration: RouteDeclaration): H {
  Object.defineProperty(handler, DECLARATION, { value: declaration });
  return handler;
}

/** The declaration of a handler; null when it was not made by `defineRoute`. */
export function declarationOf(handler: unknown): RouteDeclaration | null {
  if (typeof handler !== "function") return null;
  return (handler as unknown as Record<symbol, RouteDeclaration | undefined>)[DECLARATION] ?? null;
}
