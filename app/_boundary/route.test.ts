import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { User } from "@/lib/db/generated/client";
import { testDatabase } from "@/lib/testing/database";
import { makePerson, makeProject, makeSession } from "@/lib/testing/make-project";
import { declarationOf } from "./policy";
import { defineRoute, type RouteHandler } from "./route";
import { encodeSignInToken, sessionCookieName } from "./sign-in-token";

const { db } = await testDatabase();
const slugs = { own: "own", other: "other" };
let manager: User;
let viewer: User;

beforeAll(async () => {
  const own = await makeProject(db, { slug: slugs.own });
  await makeProject(db, { slug: slugs.other });
  manager = await makePerson(db, { project: own, role: "MANAGER" });
  viewer = await makePerson(db, { project: own, role: "VIEWER" });
});

const rename = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ thing: z.uuid() }),
  query: z.strictObject({ dry: z.enum(["yes"]).optional() }),
  body: z.strictObject({ name: z.string().max(10) }),
  example: { name: "Mail" },
  response: z.object({ name: z.string(), at: z.date().transform((at) => at.toISOString()) }),
  audit: "thing.rename",
  bodyLimitBytes: 100,
  handler: ({ ctx, body, params }) => {
    if (params.thing.endsWith("0")) throw new AppError("NOT_FOUND", "This thing does not exist.");
    if (body.name === "bug") throw new Error("secret cause");
    return { name: `${body.name} in ${ctx.project.slug}`, at: new Date(0), hidden: "never sent" };
  },
});

const thing = "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee1";

async function send(
  handler: RouteHandler,
  options: {
    as?: User;
    project?: string;
    thing?: string;
    body?: string;
    query?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<{ status: number; text: string; json: Record<string, unknown>; headers: Headers }> {
  const headers = new Headers({
    "content-type": "application/json",
    "sec-fetch-site": "same-origin",
    host: "localhost",
    ...options.headers,
  });
  if (options.as) headers.set("cookie", await cookieOf(options.as));
  for (const [name, value] of Object.entries(options.headers ?? {})) if (value === "") headers.delete(name);
  const request = new Request(`http://localhost/api/v1/x${options.query ?? ""}`, {
    method: "POST",
    headers,
    body: options.body ?? '{"name":"Mail"}',
  });
  const params = Promise.resolve({ project: options.project ?? slugs.own, thing: options.thing ?? thing });
  const response = await handler(request, { params });
  const text = await response.text();
  return { status: response.status, text, json: text ? JSON.parse(text) : {}, headers: response.headers };
}

async function cookieOf(user: User, sid?: string): Promise<string> {
  const token = await encodeSignInToken({ uid: user.id, sid: sid ?? (await makeSession(db, user)) });
  return `${sessionCookieName()}=${token}`;
}

test("a permitted request reaches the handler, and only the declared fields leave", async () => {
  const answer = await send(rename, { as: manager });
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ name: "Mail in own", at: "1970-01-01T00:00:00.000Z" });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-request-id")).toBeTruthy();
});

test("nobody, a forged cookie, an ended, an idle and a disabled sign-in are all 401", async () => {
  expect((await send(rename)).status).toBe(401);
  expect((await send(rename, { headers: { cookie: `${sessionCookieName()}=forged` } })).status).toBe(401);
  for (const damage of ["endedAt", "lastSeenAt", "expiresAt"] as const) {
    const sid = await makeSession(db, manager);
    const cookie = await cookieOf(manager, sid);
    expect((await send(rename, { headers: { cookie } })).status).toBe(200);
    await db.session.update({ where: { id: sid }, data: { [damage]: new Date(Date.now() - 8 * 3_600_000) } });
    expect((await send(rename, { headers: { cookie } })).status).toBe(401);
  }
  const disabled = await makePerson(db, { isAdmin: true });
  const cookie = await cookieOf(disabled);
  expect((await send(rename, { headers: { cookie } })).status).toBe(200);
  await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
  expect((await send(rename, { headers: { cookie } })).status).toBe(401);
});

test("the cookie of one person does not fit the session of another", async () => {
  const cookie = await cookieOf(viewer, await makeSession(db, manager));
  expect((await send(rename, { headers: { cookie } })).status).toBe(401);
});

test("a missing role is 403; a foreign, missing or malformed project is one and the same 404", async () => {
  expect((await send(rename, { as: viewer })).status).toBe(403);
  const answers = await Promise.all(
    [slugs.other, "no-such-project", "Not A Slug", "%00"].map((project) =>
      send(rename, { as: manager, project }),
    ),
  );
  expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404]);
  const texts = answers.map((answer) => answer.text.replace(/"request_id":"[^"]*"/, ""));
  expect(new Set(texts).size).toBe(1);
});

test("a malformed id is 404 like a missing one", async () => {
  expect((await send(rename, { as: manager, thing: "1 OR 1=1" })).status).toBe(404);
  expect((await send(rename, { as: manager, thing: thing.replace(/1$/, "0") })).status).toBe(404);
});

test.each([
  ["no origin at all", { "sec-fetch-site": "" }, 403],
  ["our own origin, old browser", { "sec-fetch-site": "", origin: "http://localhost" }, 200],
  ["https instead of http", { "sec-fetch-site": "", origin: "https://localhost" }, 403],
  ["an evil origin", { "sec-fetch-site": "", origin: "http://evil.example" }, 403],
  ["an evil origin that claims to be the same", { origin: "http://evil.example" }, 403],
  ["a sub-domain", { "sec-fetch-site": "same-site" }, 403],
  ["another site", { "sec-fetch-site": "cross-site" }, 403],
  ["a link from outside", { "sec-fetch-site": "none" }, 403],
  ["a null origin", { "sec-fetch-site": "", origin: "null" }, 403],
  ["plain text", { "content-type": "text/plain" }, 415],
  ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
  ["an upload", { "content-type": "multipart/form-data; boundary=x" }, 415],
])("cross-site requests are refused: %s", async (_name, headers, status) => {
  expect((await send(rename, { as: manager, headers })).status).toBe(status);
});

test.each([
  ["not JSON", "{", 400, "json_syntax"],
  ["invalid UTF-8", "\u0000", 400, "json_syntax"],
  ["an unknown field", '{"name":"a","project_id":"b"}', 422, "unexpected_field"],
  ["an operator instead of a value", '{"name":{"not":""}}', 422, "invalid_value"],
  ["too long", `{"name":"${"a".repeat(11)}"}`, 422, "invalid_value"],
  ["too large", `{"name":"${"a".repeat(200)}"}`, 413, "body_too_large"],
])("a bad body is told apart: %s", async (_name, body, status, reason) => {
  const answer = await send(rename, { as: manager, body });
  expect([answer.status, answer.json.reason]).toEqual([status, reason]);
});

test("a repeated or unknown query parameter is refused", async () => {
  expect((await send(rename, { as: manager, query: "?dry=yes" })).status).toBe(200);
  expect((await send(rename, { as: manager, query: "?dry=yes&dry=yes" })).status).toBe(422);
  expect((await send(rename, { as: manager, query: "?a[b]=c" })).status).toBe(422);
});

test("a bug is a bare 500 that tells nothing but the request id", async () => {
  const answer = await send(rename, { as: manager, body: '{"name":"bug"}' });
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain("secret cause");
  expect(answer.json.request_id).toBe(answer.headers.get("x-request-id"));
});

test("the declaration can be read from the handler, and from nothing else", () => {
  expect(declarationOf(rename)).toMatchObject({
    policy: { capability: "project.manage" },
    audit: "thing.rename",
    takesBody: true,
  });
  expect(declarationOf(() => new Response())).toBeNull();
});
