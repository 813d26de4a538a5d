import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { contextFor, makeProject } from "@/lib/testing/make-project";
import { createLink } from "@/lib/share/create-link";
import { listLinks } from "@/lib/share/queries";
import { revokeLink } from "@/lib/share/revoke-link";
import type { Picture } from "@/lib/share/schema";

const { db } = await testDatabase();
const routes = {
  badge: (await import("./[token]/badge.svg/route")).GET,
  chart: (await import("./[token]/chart.svg/route")).GET,
};
const project = await makeProject(db, { name: "CANARY-NAME" });
const ctx = () => contextFor(db, project);

const tokenOf = ({ path }: { path: string }) => path.split("/")[4] ?? "";
function look(picture: Picture, token: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://localhost/api/v1/share/${token}/${picture}.svg`, { headers });
  return routes[picture](request, { params: Promise.resolve({ token }) });
}

test("a badge and a chart, inert, for other sites, asked for again each time", async () => {
  for (const picture of ["badge", "chart"] as const) {
    const made = await createLink(ctx(), { name: "Wiki", picture, attribute: "", value: "" });
    expect(made.path).toMatch(new RegExp(`^/api/v1/share/[\\w-]{43}/${picture}\\.svg$`));
    const answer = await look(picture, tokenOf(made));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/svg+xml; charset=utf-8",
      "cache-control": "public, max-age=0, must-revalidate",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    const svg = await answer.text();
    expect(svg).toContain(picture === "badge" ? "accuracy: too few reviews" : "accuracy by week");
    expect(svg).not.toMatch(/<script|<style|<a |href|CANARY|on\w+=/i);
    const again = await look(picture, tokenOf(made), { "if-none-match": answer.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    expect(again.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
  }
});

test("revoked, expired, unknown, malformed, and another picture than was shared: the same answer to all", async () => {
  const made = await createLink(ctx(), { name: "Wiki", picture: "badge", attribute: "", value: "" });
  const over = await createLink(ctx(), {
    name: "Old",
    picture: "badge",
    attribute: "",
    value: "",
    expires_in_days: 1,
  });
  await db.shareLink.updateMany({ where: { id: over.id }, data: { expiresAt: new Date() } });
  const first = await look("badge", tokenOf(made));
  expect(first.status).toBe(200);
  await revokeLink(ctx(), made.id);
  const refused = [
    await look("badge", tokenOf(made)),
    await look("badge", tokenOf(made), { "if-none-match": first.headers.get("etag") ?? "" }),
    await look("badge", tokenOf(over)),
    await look("badge", "A".repeat(43)),
    await look("badge", "nothing"),
    await look(
      "chart",
      tokenOf(await createLink(ctx(), { name: "W", picture: "badge", attribute: "", value: "" })),
    ),
  ];
  const bodies = await Promise.all(
    refused.map(async (answer) => ({
      status: answer.status,
      body: (await answer.text()).replaceAll(/"request_id":"[^"]*"/g, ""),
      headers: [...answer.headers].filter(([name]) => name !== "x-request-id"),
    })),
  );
  expect(new Set(bodies.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(bodies[0]?.status).toBe(404);
  await expect(revokeLink(ctx(), made.id)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("the token is kept as its hash only, the last look is noted, and both ends stand in the audit log", async () => {
  const made = await createLink(ctx(), { name: "Noted", picture: "badge", attribute: "region", value: "eu" });
  const token = tokenOf(made);
  const find = async () => (await listLinks(ctx())).find(({ id }) => id === made.id);
  expect((await find())?.last_used_at).toBeNull();
  await look("badge", token);
  expect((await find())?.last_used_at).not.toBeNull();
  await revokeLink(ctx(), made.id);
  expect(await find()).toMatchObject({ state: "revoked", attribute: "region", value: "eu" });
  const audit = await db.auditEvent.findMany({ where: { objectId: made.id }, orderBy: { seq: "asc" } });
  expect(audit.map(({ action }) => action)).toEqual(["share.create", "share.revoke"]);
  const stored = JSON.stringify([await db.shareLink.findMany(), audit.map(({ details }) => details)]);
  expect(stored).not.toContain(token);
  expect(stored).toContain("Noted");
});
