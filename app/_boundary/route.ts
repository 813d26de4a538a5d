import { z } from "zod";
import { type Ctx, type InstanceCtx, mintProjectScope } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { database } from "@/lib/db/client";
import { type ProjectFacts, readProjectAccess } from "@/lib/project/access";
import { type Capability, instanceCapabilities } from "@/lib/project/permission";
import { authenticate } from "./authenticate";
import { DEFAULT_BODY_BYTES, parseInput, readJson, readQuery } from "./json-body";
import { declare, type RoutePolicy } from "./policy";
import { nothingHere, problemResponse } from "./problem";
import { requestIdOf } from "./request-facts";
import { countRequest } from "./request-limit";
import { requireJson, requireSameOrigin } from "./same-origin";
import { sealed } from "./sealed";

/*
 * The only way to make a route handler; app/api/v1/projects/[project]/members/route.ts, for example:
 *
 *   export const POST = defineRoute({
 *     policy: { capability: "member.manage" },        // or { instance: "instance.manage" } or { public: "why" }
 *     body: z.strictObject({ email: emailSchema, role: roleSchema }),
 *     example: { email: "grace@example.org", role: "REVIEWER" },
 *     response: memberSchema,                          // parsed before it leaves; "raw" when the handler returns a Response
 *     status: 201,
 *     audit: "member.add",                             // or { none: "why" }; every POST, PUT, PATCH, DELETE names one
 *     handler: ({ ctx, body }) => addMember(ctx, body),
 *   });
 *
 * {project} in the path is resolved here; other path parameters need `params: z.strictObject({ member: z.uuid() })`. One that
 * does not parse is answered like one that does not exist. Throw AppError for everything that the caller should read.
 */

const nothing = z.strictObject({});
type Nothing = typeof nothing;

/** What a handler gets besides its parsed inputs. */
export type HandlerFacts<P extends RoutePolicy> = P extends { capability: Capability }
  ? { ctx: Ctx; project: ProjectFacts; can: (capability: Capability) => boolean }
  : { ctx: InstanceCtx };

type ResponseSchema = z.ZodType | "raw";
type Reply<R extends ResponseSchema> = R extends z.ZodType ? z.input<R> : Response;

interface RouteDefinition<
  P extends RoutePolicy,
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  R extends ResponseSchema,
> {
  policy: P;
  /** One sentence for the API's description. */
  summary?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** A valid body: shown in the API's description and sent by the matrix test. */
  example?: z.input<Body>;
  response?: R;
  /** Of a success; 200 by default, 204 without a response schema. */
  status?: number;
  audit?: string | readonly string[] | { none: string };
  bodyLimitBytes?: number;
  /** A picture that other sites may show, behind a token of its own. */
  shownElsewhere?: true;
  handler: (
    input: HandlerFacts<P> & {
      params: z.output<Params>;
      query: z.output<Query>;
      body: z.output<Body>;
      request: Request;
      /** Headers of the answer, for example Set-Cookie. */
      headers: Headers;
    },
  ) => Promise<Reply<R>> | Reply<R>;
}

type RouteParams = Record<string, string | string[] | undefined>;
export type RouteHandler = (
  request: Request,
  context: { params: Promise<RouteParams | undefined> },
) => Promise<Response>;

export function defineRoute<
  const P extends RoutePolicy,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
  R extends ResponseSchema = z.ZodVoid,
>(definition: RouteDefinition<P, Params, Query, Body, R>): RouteHandler {
  const handler: RouteHandler = async (request, context) => {
    const requestId = requestIdOf(request.headers);
    const headers = new Headers();
    let response: Response;
    try {
      // A route without path parameters gets none at all.
      response = await answer(definition, request, (await context.params) ?? {}, requestId, headers);
    } catch (error) {
      response = problemResponse(error, requestId);
    }
    for (const [name, value] of headers) response.headers.append(name, value);
    return sealed(response, requestId, definition.shownElsewhere === true);
  };
  return declare(handler, {
    policy: definition.policy,
    audit: definition.audit ?? null,
    example: definition.example,
    takesBody: definition.body !== undefined,
    summary: definition.summary,
    schemas: {
      params: definition.params,
      query: definition.query,
      body: definition.body,
      response: definition.response,
      status: statusOf(definition),
    },
  });
}

async function answer<
  P extends RoutePolicy,
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  R extends ResponseSchema,
>(
  definition: RouteDefinition<P, Params, Query, Body, R>,
  request: Request,
  pathParams: RouteParams,
  requestId: string,
  headers: Headers,
): Promise<Response> {
  const { project: slug, ...rest } = pathParams;
  const facts = await admit(definition.policy, request, slug, requestId);
  const ownParams = "capability" in definition.policy ? rest : pathParams;
  const params = (definition.params ?? nothing).safeParse(ownParams);
  if (!params.success) throw nothingHere();
  const query = parseInput(definition.query ?? nothing, readQuery(request.url));
  const body = definition.body
    ? parseInput(definition.body, await readJson(request, definition.bodyLimitBytes ?? DEFAULT_BODY_BYTES))
    : {};
  const input = { ...facts, params: params.data, query, body, request, headers };
  // The inputs were parsed by the very schemas that give this type.
  const result = await definition.handler(input as unknown as Parameters<typeof definition.handler>[0]);
  if (result instanceof Response) return result;
  const status = statusOf(definition);
  if (!definition.response || definition.response === "raw") return new Response(null, { status });
  return Response.json(definition.response.parse(result), { status });
}

function statusOf({ status, response }: { status?: number; response?: ResponseSchema }): number {
  return status ?? (response ? 200 : 204);
}

type AdmittedFacts = HandlerFacts<{ capability: Capability }> | HandlerFacts<{ public: string }>;

/** Authentication, origin, limit and permission, in this order. @throws AppError */
async function admit(
  policy: RoutePolicy,
  request: Request,
  slug: string | string[] | undefined,
  requestId: string,
): Promise<AdmittedFacts> {
  const db = database();
  const now = new Date();
  const mutates = request.method !== "GET" && request.method !== "HEAD";
  if ("public" in policy) {
    if (mutates) requireOwnPage(request.headers);
    return { ctx: { db, actor: { kind: "system", job: "visitor" }, now, requestId } };
  }
  const { actor, credential } = await authenticate(db, request.headers, now);
  if (mutates && credential === "session") requireOwnPage(request.headers);
  await countRequest(actor);
  if ("instance" in policy) {
    if (!instanceCapabilities(actor).has(policy.instance)) throw notAllowed();
    return { ctx: { db, actor, now, requestId } };
  }
  const access = typeof slug === "string" && isSlug(slug) ? await readProjectAccess(db, actor, slug) : null;
  if (!access) throw nothingHere();
  const { project, capabilities } = access;
  if (credential === "key" && !policy.keys) throw notAllowed();
  if (!capabilities.has(policy.capability)) throw notAllowed();
  const ctx: Ctx = { db, actor, now, requestId, project: mintProjectScope(project) };
  return { ctx, project, can: (capability) => capabilities.has(capability) };
}

function requireOwnPage(headers: Headers): void {
  requireSameOrigin(headers);
  requireJson(headers);
}

export function isSlug(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text);
}

function notAllowed(): AppError {
  return new AppError("FORBIDDEN", "Your role does not allow this.", { reason: "capability" });
}
