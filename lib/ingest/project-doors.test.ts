import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { makeKey, makeRecord, makeSendingProject, serveDoors } from "./testing/open-ingest";

const { db } = await testDatabase();
const send = await serveDoors();

describe("POST /api/v1/releases", () => {
  const path = "/api/v1/releases";
  const release = {
    model: { name: "extractor", version: "2026-11" },
    released_at: "2026-11-01T09:00:00+01:00",
  };

  it("notes a release once, with who told it", async () => {
    const { project, token } = await makeSendingProject(db);
    const first = await send({ ...release, note: "new prompt" }, { token, path });
    expect(first).toMatchObject({
      status: 201,
      body: { released_at: "2026-11-01T08:00:00.000Z", note: "new prompt" },
    });
    const again = await send(release, { token, path });
    expect(again).toMatchObject({ status: 200, body: { id: first.body.id } });
    expect(await db.release.findMany({ where: { projectId: project.id } })).toMatchObject([
      { modelName: "extractor", modelVersion: "2026-11", note: "new prompt" },
    ]);
    expect(await db.auditEvent.findMany({ where: { projectId: project.id } })).toMatchObject([
      { action: "release.record", actorKind: "apiKey" },
    ]);
    expect((await send({ model: release.model }, { token, path })).status).toBe(201);
  });

  it("refuses what is none", async () => {
    const sending = await makeSendingProject(db);
    const { project, token } = sending;
    const name = "extractor";
    const bodies: [unknown, number][] = [
      ["{", 400],
      [Buffer.from([0x22, 0xff, 0x22]), 400],
      [{}, 422],
      [{ ...release, more: 1 }, 422],
      [{ model: { name, version: "\u0000" } }, 422],
      ['{"model":{"name":"a","version":"\\ud800"}}', 422],
      [{ ...release, released_at: "2026-02-30T00:00:00Z" }, 422],
    ];
    for (const [body, status] of bodies) {
      const answer = await send(body, { token, path });
      expect([body, answer.status]).toEqual([body, status]);
    }
    const reading = await makeKey(db, sending, ["read"]);
    expect((await send(release, { token: reading, path })).status).toBe(403);
    expect((await send(release, { token: null, path })).status).toBe(401);
    expect(await db.release.count({ where: { projectId: project.id } })).toBe(0);
  });
});

describe("POST /api/v1/epochs/close", () => {
  const path = "/api/v1/epochs/close";

  it("settles the recorded days that are complete, and no others", async () => {
    const { project, token } = await makeSendingProject(db, { recorded: true, plan: { expectedPerDay: 10 } });
    const days = ["2026-03-02", "2026-03-03", "2026-03-04"];
    const body = days.flatMap((day) =>
      Array.from({ length: 20 }, () => makeRecord({ occurred_at: `${day}T10:00:00Z` })),
    );
    await send(body, { token });
    const open = () => db.epoch.count({ where: { projectId: project.id, closedAt: null } });
    expect(await open()).toBe(3);
    expect(await send({ before: "2026-03-04T00:00:00Z" }, { token, path })).toMatchObject({
      status: 200,
      body: { closed: 2 },
    });
    expect(await open()).toBe(1);
    expect((await send({}, { token, path })).body).toMatchObject({ closed: 1 });
    expect((await send({}, { token, path })).body).toMatchObject({ closed: 0 });
    expect((await send({ before: "soon" }, { token, path })).status).toBe(422);
  });

  it("never closes a day of live traffic", async () => {
    const { project, token } = await makeSendingProject(db);
    await send(makeRecord(), { token });
    expect((await send({}, { token, path })).body).toMatchObject({ closed: 0 });
    expect(await db.epoch.count({ where: { projectId: project.id, closedAt: null } })).toBe(1);
  });
});
