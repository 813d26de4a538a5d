import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Webhook } from "standardwebhooks";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { makeSampledProject } from "@/lib/testing/store-outputs";
import type { Mapping } from "./schema";
import { makeSourceSecret, sealSourceSecret } from "./source-secret";
import { ledgerTotals, makeRecord, serveDoors } from "./testing/open-ingest";

const { db } = await testDatabase();
const send = await serveDoors();

async function makeHook(settings: { signature?: "STANDARD" | "GITHUB"; mapping?: Partial<Mapping> } = {}) {
  const { project } = await makeSampledProject(db, { recorded: false });
  const projectId = project.id;
  const sourceId = newId();
  const hookPath = newId().replaceAll("-", "");
  const { signature = "STANDARD", mapping } = settings;
  await db.source.create({
    data: {
      projectId,
      id: sourceId,
      kind: "HOOK",
      name: "test",
      hookPath,
      signature,
      ...(mapping ? { mapping } : {}),
    },
  });
  const addSecret = async (expiresAt: Date | null = null) => {
    const secret = makeSourceSecret();
    const id = newId();
    const { sealedSecret, secretHash } = sealSourceSecret({ projectId, sourceId, id }, secret);
    await db.sourceSecret.create({
      data: { projectId, sourceId, id, sealedSecret, secretHash: new Uint8Array(secretHash), expiresAt },
    });
    return secret;
  };
  return { projectId, sourceId, addSecret, path: `/api/v1/hooks/${hookPath}` };
}

/** What a sender that uses the library sends. */
function signed(secret: string, body: string, settings: { id?: string; at?: Date } = {}) {
  const { id = `msg_${newId()}`, at = new Date() } = settings;
  const signature = new Webhook(secret).sign(id, at, body);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
}

describe("an unmodified Standard Webhooks sender", () => {
  it("is stored under its source, and its retry changes nothing", async () => {
    const { projectId, sourceId, addSecret, path } = await makeHook();
    const secret = await addSecret();
    const body = JSON.stringify([makeRecord(), makeRecord({ input: { text: "ü 🧾" } })]);
    const headers = signed(secret, body);
    const first = await send(body, { path, headers });
    expect(first).toMatchObject({ status: 202, body: { received: 2, accepted: 2 } });
    const retry = signed(secret, body, { id: headers["webhook-id"], at: new Date(Date.now() + 5_000) });
    const again = await send(body, { path, headers: retry });
    expect(again.body).toEqual(first.body);
    expect((await send(body, { path, headers: signed(secret, body) })).body).toMatchObject({ duplicates: 2 });
    const outputs = await db.output.findMany({ where: { projectId } });
    expect(outputs.map((output) => output.sourceId)).toEqual([sourceId, sourceId]);
    expect(await ledgerTotals(db, projectId)).toMatchObject({ received: 4, accepted: 2, duplicates: 2 });
  });

  it("may sign with either secret while one replaces the other, and with the old one no longer after that", async () => {
    const { addSecret, path } = await makeHook();
    const ended = await addSecret(new Date(Date.now() - 1000));
    const ending = await addSecret(new Date(Date.now() + 60_000));
    const current = await addSecret();
    for (const [secret, status] of [
      [ended, 401],
      [ending, 202],
      [current, 202],
    ] as const) {
      const body = JSON.stringify(makeRecord());
      expect((await send(body, { path, headers: signed(secret, body) })).status).toBe(status);
    }
    const body = JSON.stringify(makeRecord());
    const headers = signed(ended, body);
    const list = `v1,AAAA v2,x ${headers["webhook-signature"]} ${signed(current, body, { id: headers["webhook-id"] })["webhook-signature"]}`;
    expect((await send(body, { path, headers: { ...headers, "webhook-signature": list } })).status).toBe(202);
  });

  it("is read through the paths that were saved for it", async () => {
    const { projectId, addSecret, path } = await makeHook({
      mapping: {
        id: "/data/id",
        occurred_at: "/created",
        time_form: "seconds",
        input: "/data/request",
        output: "/data/reply",
        confidence: "/data/scores/0",
        model_version: "/data/model",
        segments: { region: "/data/meta/reg~1ion", absent: "/nowhere" },
      },
    });
    const secret = await addSecret();
    const data = {
      id: 4711,
      request: "q",
      reply: ["a"],
      scores: [0.5],
      model: "m-2",
      meta: { "reg/ion": "eu" },
    };
    const created = Math.floor(Date.now() / 1000) - 60;
    const body = JSON.stringify({ type: "reply.made", created, data });
    expect((await send(body, { path, headers: signed(secret, body) })).body).toMatchObject({ accepted: 1 });
    expect(await db.output.findFirst({ where: { projectId } })).toMatchObject({
      externalId: "4711",
      occurredAt: new Date(created * 1000),
      input: "q",
      output: ["a"],
      confidence: 0.5,
      modelVersion: "m-2",
      segments: { region: "eu" },
    });
    const other = JSON.stringify({ type: "ping" });
    expect((await send(other, { path, headers: signed(secret, other) })).body).toMatchObject({
      quarantined: 1,
      results: [{ reasons: [{ code: "ENVELOPE_MISSING_ID" }, { code: "ENVELOPE_BAD_TIME" }, {}, {}] }],
    });
    const kept = await db.quarantine.findFirst({ where: { projectId } });
    expect(Buffer.from(kept?.raw ?? []).toString()).toBe(other);
  });
});

describe("what is not signed as it must be is refused and leaves nothing", () => {
  const body = JSON.stringify(makeRecord());
  const late = (seconds: number) => new Date(Date.now() + seconds * 1000);
  const cases: [string, number, (secret: string) => Record<string, string>, string?][] = [
    ["no signature", 401, () => ({})],
    ["another secret", 401, () => signed(makeSourceSecret(), body)],
    ["another body", 401, (secret) => signed(secret, `${body} `)],
    ["another id", 401, (secret) => ({ ...signed(secret, body), "webhook-id": "other" })],
    ["301 seconds late", 401, (secret) => signed(secret, body, { at: late(-302) })],
    ["301 seconds early", 401, (secret) => signed(secret, body, { at: late(302) })],
    ["no time", 401, (secret) => ({ ...signed(secret, body), "webhook-timestamp": "1e9" })],
    ["an id with a dot", 400, (secret) => signed(secret, body, { id: "a.b" })],
    ["an id that is too long", 400, (secret) => signed(secret, body, { id: "x".repeat(201) })],
    [
      "eleven signatures",
      400,
      (secret) => ({ ...signed(secret, body), "webhook-signature": "v1,A ".repeat(11) }),
    ],
    ["only another version", 401, (secret) => ({ ...signed(secret, body), "webhook-signature": "v1a,AAAA" })],
  ];
  for (const [name, status, headersOf] of cases) {
    it(`${name}: ${status}`, async () => {
      const { projectId, addSecret, path } = await makeHook();
      const answer = await send(body, { path, headers: headersOf(await addSecret()) });
      expect(answer.status).toBe(status);
      expect(await db.output.count({ where: { projectId } })).toBe(0);
      expect(await db.quarantine.count({ where: { projectId } })).toBe(0);
      expect(await db.idempotencyKey.count({ where: { projectId } })).toBe(0);
    });
  }

  it("an address that does not exist, or was switched off: 404", async () => {
    const { projectId, sourceId, addSecret, path } = await makeHook();
    const secret = await addSecret();
    await db.source.update({
      where: { projectId_id: { projectId, id: sourceId } },
      data: { disabledAt: new Date() },
    });
    for (const address of [
      path,
      "/api/v1/hooks/0000000000000000000000",
      "/api/v1/hooks/x",
      "/api/v1/hooks/%00",
    ]) {
      const answer = await send(body, { path: address, headers: signed(secret, body) });
      expect([address, answer.status]).toEqual([address, 404]);
    }
  });
});

describe("a GitHub-style sender", () => {
  const sign = (secret: string, text: string) =>
    `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;

  it("is taken by its signature over the bytes", async () => {
    const { projectId, addSecret, path } = await makeHook({ signature: "GITHUB" });
    const secret = await addSecret();
    const body = JSON.stringify(makeRecord());
    const headers = { "x-hub-signature-256": sign(secret, body), "x-github-delivery": newId() };
    const first = await send(body, { path, headers });
    expect(first).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect((await send(body, { path, headers })).body).toEqual(first.body);
    for (const wrong of [sign("other", body), sign(secret, `${body}\n`), "sha256=00", "sha1=00", ""]) {
      const answer = await send(body, { path, headers: { "x-hub-signature-256": wrong } });
      expect([wrong, answer.status]).toEqual([wrong, 401]);
    }
    expect(await db.output.count({ where: { projectId } })).toBe(1);
  });
});
