import { hash } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { changeSource } from "./change-source";
import { createHook } from "./create-hook";
import { listSources, readLedger, readLedgerTotals, readQuarantine, readQuarantined } from "./queries";
import { rotateHookSecret } from "./rotate-hook-secret";
import { ledgerTotals, makeRecord, makeSendingProject, serveDoors } from "./testing/open-ingest";

const { db } = await testDatabase();
const send = await serveDoors();

async function manager() {
  const sending = await makeSendingProject(db);
  const person = await makePerson(db, { project: sending.project, role: "MANAGER" });
  const at = (now: Date) => contextFor(db, sending.project, actorFor(person), now);
  return { ...sending, ctx: at(new Date()), at };
}

/** The status that a sender with this secret gets. */
async function statusOf(path: string, secret: string): Promise<number> {
  const body = JSON.stringify(makeRecord());
  const now = new Date();
  const id = `msg_${Math.random()}`;
  const headers = {
    "webhook-id": id.replace(".", ""),
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id.replace(".", ""), now, body),
  };
  return (await send(body, { path, headers })).status;
}

describe("a hook", () => {
  it("is made with an address and a secret that work, and leaves no secret behind in clear", async () => {
    const { ctx, project } = await manager();
    const hook = await createHook(ctx, { name: "Tickets", signature: "STANDARD", mapping: null });
    expect(await statusOf(hook.path, hook.secret)).toBe(202);
    const [row] = await db.sourceSecret.findMany({ where: { projectId: project.id } });
    expect(JSON.stringify(row)).not.toContain(hook.secret.slice(6));
    const audit = await db.auditEvent.findMany({ where: { projectId: project.id } });
    expect(audit).toMatchObject([{ action: "source.create", objectId: hook.id }]);
    expect(JSON.stringify(audit.map(({ details }) => details))).not.toContain(hook.secret.slice(6));
    const sources = await listSources(ctx);
    expect(sources.map(({ name, kind, path }) => [name, kind, path])).toEqual([
      ["test", "API", null],
      ["Tickets", "HOOK", hook.path],
    ]);
    expect(sources[1]?.last_hour).toBeInstanceOf(Date);
  });

  it("has two secrets while one replaces the other, and never three", async () => {
    const { at, project } = await manager();
    const now = new Date();
    const hook = await createHook(at(now), { name: "Tickets", signature: "STANDARD", mapping: null });
    const second = await rotateHookSecret(at(new Date(now.getTime() + 1)), hook.id, 24);
    const secrets = () =>
      db.sourceSecret.findMany({ where: { projectId: project.id }, orderBy: { createdAt: "asc" } });
    expect((await secrets()).map(({ expiresAt }) => expiresAt)).toEqual([
      new Date(now.getTime() + 1 + 86_400_000),
      null,
    ]);
    expect(await statusOf(hook.path, hook.secret)).toBe(202);
    expect(await statusOf(hook.path, second.secret)).toBe(202);
    await rotateHookSecret(at(new Date(now.getTime() + 2)), hook.id, 24);
    expect(await secrets()).toHaveLength(2);
    const last = await rotateHookSecret(at(new Date(now.getTime() + 3)), hook.id, 0);
    expect(await secrets()).toMatchObject([{ expiresAt: null }]);
    expect(last.secret).not.toBe(second.secret);
    expect(
      await db.auditEvent.count({ where: { projectId: project.id, action: "source.rotate-secret" } }),
    ).toBe(3);
  });

  it("belongs to its project, and can be switched off and on", async () => {
    const { ctx, project, sourceId } = await manager();
    const other = await manager();
    const hook = await createHook(ctx, { name: "Tickets", signature: "GITHUB", mapping: null });
    for (const work of [
      () => rotateHookSecret(other.ctx, hook.id, 1),
      () => changeSource(other.ctx, hook.id, { disabled: true }),
      () => rotateHookSecret(ctx, sourceId, 1),
    ])
      await expect(work()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await changeSource(ctx, hook.id, { disabled: true });
    await changeSource(ctx, hook.id, { disabled: true });
    await expect(rotateHookSecret(ctx, hook.id, 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await changeSource(ctx, hook.id, { disabled: false });
    const audit = await db.auditEvent.findMany({ where: { projectId: project.id }, orderBy: { seq: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual(["source.create", "source.disable", "source.enable"]);
  });
});

describe("the input page's numbers", () => {
  it("add up over two independent books, and a planted difference is seen", async () => {
    const { ctx, token, project, sourceId } = await manager();
    const record = makeRecord();
    await send([record, record, makeRecord({ confidence: 9 }), { id: "broken" }], { token });
    const totals = await readLedgerTotals(ctx);
    expect(totals).toMatchObject({
      received: 4,
      accepted: 1,
      flagged: 1,
      duplicates: 1,
      quarantined: 1,
      addsUp: true,
    });
    expect(totals.lastReceivedAt).toBeInstanceOf(Date);
    expect(totals).toMatchObject(await ledgerTotals(db, project.id));
    expect(await readLedger(ctx, 10)).toMatchObject([{ sourceId, source: "test", received: 4 }]);
    expect(await readQuarantine(ctx, 10)).toMatchObject([
      {
        externalId: "broken",
        kind: "output",
        reasons: [{ code: "ENVELOPE_BAD_TIME" }, { path: "/input" }, {}],
      },
    ]);
    await db.populationDelta.deleteMany({ where: { projectId: project.id, attribute: "" } });
    expect((await readLedgerTotals(ctx)).addsUp).toBe(false);
  });

  it("count truths in quarantine apart, and a record's bytes are shown to its own project only", async () => {
    const { ctx, token } = await manager();
    const other = await manager();
    const bytes = Buffer.from('{"id": "n\\u0000ul", "x": "\u202e", \t "tail": tru');
    await send(bytes, { token });
    await send({ id: "o1" }, { token, path: "/api/v1/ground-truth" });
    expect(await readLedgerTotals(ctx)).toMatchObject({
      quarantined: 1,
      held: 2,
      heldTruths: 1,
      addsUp: true,
    });
    const kept = (await readQuarantine(ctx, 10)).find(({ kind }) => kind === "output");
    const id = kept?.id ?? "";
    const shown = await readQuarantined(ctx, id);
    expect(Buffer.from(shown?.raw ?? []).equals(bytes)).toBe(true);
    expect(shown).toMatchObject({ ...kept, hash: hash("sha256", bytes, "hex"), bytes: bytes.length });
    expect(await readQuarantined(other.ctx, id)).toBeNull();
  });

  it("are zero for a project that has received nothing", async () => {
    const { ctx } = await manager();
    expect(await readLedgerTotals(ctx)).toMatchObject({
      received: 0,
      held: 0,
      heldTruths: 0,
      lastReceivedAt: null,
      addsUp: true,
    });
    expect(await readLedger(ctx, 10)).toEqual([]);
  });
});
