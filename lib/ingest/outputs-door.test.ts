import { hash } from "node:crypto";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { canonicalJson } from "./canonical-json";
import {
  labelForm,
  ledgerTotals,
  makeKey,
  makeRecord,
  makeSendingProject,
  serveDoors,
} from "./testing/open-ingest";

const { db } = await testDatabase();
const send = await serveDoors();

/** Numbers of rows that a refused request must not change. */
async function rowsOf(projectId: string) {
  const where = { projectId };
  return {
    outputs: await db.output.count({ where }),
    quarantined: await db.quarantine.count({ where }),
    conflicts: await db.outputConflict.count({ where }),
    population: await db.populationDelta.count({ where }),
  };
}

describe("what is sent is stored", () => {
  const bodies: [
    string,
    (records: unknown[]) => { body: unknown; type?: string; headers?: Record<string, string> },
  ][] = [
    ["one object", ([first]) => ({ body: first })],
    ["an array", (records) => ({ body: records })],
    ["a batch", (records) => ({ body: { batch: records } })],
    [
      "NDJSON",
      (records) => ({
        body: records.map((each) => `${JSON.stringify(each)}\r\n`).join(""),
        type: "application/x-ndjson; charset=utf-8",
      }),
    ],
    [
      "gzip",
      (records) => ({ body: gzipSync(JSON.stringify(records)), headers: { "content-encoding": "gzip" } }),
    ],
    [
      "br",
      (records) => ({
        body: brotliCompressSync(JSON.stringify(records)),
        headers: { "content-encoding": "br" },
      }),
    ],
  ];
  for (const [name, wrap] of bodies) {
    it(`as ${name}`, async () => {
      const { project, token } = await makeSendingProject(db);
      const records = [makeRecord(), makeRecord(), makeRecord()];
      const { body, type, headers } = wrap(records);
      const expected = name === "one object" ? 1 : 3;
      const answer = await send(body, { token, ...(type ? { type } : {}), ...(headers ? { headers } : {}) });
      expect(answer.body).toMatchObject({ received: expected, accepted: expected, results: [] });
      expect(answer.status).toBe(202);
      expect(answer.headers["ratelimit-policy"]).toContain("requests");
      expect((await rowsOf(project.id)).outputs).toBe(expected);
    });
  }

  it("in columns that read back equal", async () => {
    const { project, sourceId, token } = await makeSendingProject(db);
    const record = makeRecord({
      occurred_at: new Date(Date.now() - 1000).toISOString().replace("Z", "123+00:00"),
      input: {
        __proto__x: 1,
        constructor: { prototype: 2 },
        text: "naïve 注文書 🧾",
        n: [1e-7, 1234567890123456, 0.1],
      },
      output: [null, true, { "": "" }],
      model: { name: "extractor", version: "7", stage: "canary" },
      segments: { region: " eu ", vip: true, size: 3 },
      confidence: 0.93,
      phase: "pilot",
      cluster: "session-1",
      inclusion_probability: 0.25,
      telemetry: { latency_ms: 812 },
      tenant: "acme",
      ground_truth: { label: "yes" },
    });
    const text = JSON.stringify(record).replace('"__proto__x"', '"__proto__"');
    const answer = await send(text, { token });
    expect(answer.body).toMatchObject({
      accepted: 1,
      warnings: [{ code: "FIELD_UNEXPECTED", path: "/tenant", records: 1 }],
    });
    const [row] = await db.$queryRaw<Record<string, unknown>[]>`
      SELECT input::text, output::text, segments, extra, confidence, cluster, source_probability, phase::text, model_name,
        source_id::text, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS occurred_at
      FROM output WHERE project_id = ${project.id}::uuid`;
    const sent = JSON.parse(text);
    expect(canonicalJson(JSON.parse(String(row?.input)))).toBe(canonicalJson(sent.input));
    expect(canonicalJson(JSON.parse(String(row?.output)))).toBe(canonicalJson(sent.output));
    expect(row).toMatchObject({
      segments: { region: "eu", vip: "true", size: "3" },
      extra: { telemetry: { latency_ms: 812 }, tenant: "acme", model: record.model },
      confidence: 0.93,
      cluster: "session-1",
      source_probability: 0.25,
      phase: "PILOT",
      model_name: "extractor",
      source_id: sourceId,
      occurred_at: sent.occurred_at.slice(0, 26),
    });
    expect(await db.groundTruth.findMany({ where: { projectId: project.id } })).toMatchObject([
      { externalId: record.id, value: { label: "yes" } },
    ]);
  });
});

describe("each record has its own outcome", () => {
  it("and the ledger, the population and the answer add up", async () => {
    const { project, sourceId, token } = await makeSendingProject(db);
    const first = makeRecord();
    const second = makeRecord();
    await send([first, second], { token });
    const broken = { ...makeRecord(), output: undefined, extra: "\ud83e" };
    const answer = await send(
      [
        first,
        { ...second, output: { label: "other" } },
        makeRecord(),
        makeRecord({ confidence: 7 }),
        broken,
        17,
        first,
      ],
      { token },
    );
    expect(answer.body).toMatchObject({
      received: 7,
      accepted: 1,
      flagged: 1,
      duplicates: 2,
      conflicts: 1,
      quarantined: 2,
    });
    const lines = answer.body.results ?? [];
    expect(lines.map(({ index, status }) => `${String(index)} ${String(status)}`)).toEqual([
      "0 duplicate",
      "1 conflict",
      "3 flagged",
      "4 quarantined",
      "5 quarantined",
      "6 duplicate",
    ]);
    const quarantined = await db.quarantine.findMany({
      where: { projectId: project.id },
      orderBy: { rawLength: "asc" },
    });
    expect(quarantined.map(({ firstCode, sourceId: source }) => [firstCode, source])).toEqual([
      ["TYPE_MISMATCH", sourceId],
      ["LONE_SURROGATE", sourceId],
    ]);
    expect(Buffer.from(quarantined[1]?.raw ?? []).toString()).toBe(JSON.stringify(broken));
    expect(lines[4]).toMatchObject({ id: null, quarantine_id: quarantined[0]?.id });
    expect(lines[3]).toMatchObject({ quarantine_id: quarantined[1]?.id });
    expect(await db.outputConflict.findMany({ where: { projectId: project.id } })).toHaveLength(1);
    const totals = await ledgerTotals(db, project.id);
    expect(totals).toEqual({
      received: 9,
      accepted: 3,
      flagged: 1,
      duplicates: 2,
      conflicts: 1,
      quarantined: 2,
      refused: 0,
    });
    const population = await db.populationDelta.aggregate({
      where: { projectId: project.id, attribute: "" },
      _sum: { outputs: true },
    });
    expect(population._sum.outputs).toBe(await db.output.count({ where: { projectId: project.id } }));
    const jobs = await db.$queryRaw<{ task: string }[]>`
      SELECT task_identifier AS task FROM graphile_worker.jobs WHERE key = ${`fold:${project.id}`}`;
    expect(jobs).toEqual([{ task: "fold-counts" }]);
  });

  it("a body that is no JSON is kept as it came", async () => {
    const { project, token } = await makeSendingProject(db);
    const bytes = Buffer.concat([Buffer.from("hello "), Buffer.from([0xff, 0x00])]);
    const answer = await send(bytes, { token });
    expect(answer).toMatchObject({ status: 202, body: { received: 1, quarantined: 1 } });
    const [row] = await db.quarantine.findMany({ where: { projectId: project.id } });
    expect(Buffer.from(row?.raw ?? [])).toEqual(bytes);
    expect(Buffer.from(row?.rawHash ?? []).toString("hex")).toBe(hash("sha256", bytes, "hex"));
  });

  it("a record above one megabyte is kept by its beginning, length and hash, and the batch goes on", async () => {
    const { project, token } = await makeSendingProject(db);
    const large = makeRecord({ input: { text: "x".repeat(1_100_000) } });
    const answer = await send([makeRecord(), large, makeRecord()], { token });
    expect(answer.body).toMatchObject({ accepted: 2, quarantined: 1 });
    const [row] = await db.quarantine.findMany({ where: { projectId: project.id } });
    expect(row).toMatchObject({ firstCode: "RECORD_TOO_LARGE", rawLength: JSON.stringify(large).length });
    expect(row?.raw.length).toBe(16_384);
  });

  it("the same ids sent by many at once become one output each", async () => {
    const { project, token } = await makeSendingProject(db);
    const records = Array.from({ length: 40 }, () => makeRecord());
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, sender) => {
        const mine = sender % 2 === 0 ? records : [...records].reverse();
        return send(sender % 3 === 0 ? mine : mine.map((each) => ({ ...each, output: sender % 3 })), {
          token,
        });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 202));
    expect((await rowsOf(project.id)).outputs).toBe(40);
    const totals = await ledgerTotals(db, project.id);
    expect(totals).toMatchObject({ received: 480, accepted: 40, duplicates: 120, conflicts: 320 });
  });
});

describe("sampling", () => {
  it("is decided at ingest, and counts every output", async () => {
    const { project, token } = await makeSendingProject(db, {
      plan: { reviewsPerWeek: 700, expectedPerDay: 1000 },
    });
    await send(
      Array.from({ length: 500 }, () => makeRecord()),
      { token },
    );
    const outputs = await db.output.findMany({
      where: { projectId: project.id },
      include: { stratumEpoch: true, sample: true },
    });
    expect(outputs).toHaveLength(500);
    for (const { sample, randomNumber, stratumEpoch } of outputs)
      expect(sample !== null).toBe(randomNumber < stratumEpoch.rate);
    const samples = outputs.filter(({ sample }) => sample !== null).length;
    expect(samples).toBeGreaterThan(20);
    expect(samples).toBeLessThan(250);
    expect(await db.reviewSlot.count({ where: { projectId: project.id, look: 1 } })).toBe(samples);
    expect(await db.epoch.findMany({ where: { projectId: project.id } })).toMatchObject([{ clock: "LIVE" }]);
  });

  it("follows occurred_at for recorded history, which is never stale", async () => {
    const { project, token } = await makeSendingProject(db, { recorded: true });
    const days = ["2026-03-02", "2026-03-03", "2026-03-05"];
    const answer = await send(
      days.map((day) => makeRecord({ occurred_at: `${day}T10:00:00Z` })),
      { token },
    );
    expect(answer.body).toMatchObject({ accepted: 3, flagged: 0 });
    const epochs = await db.epoch.findMany({
      where: { projectId: project.id },
      orderBy: { startsAt: "asc" },
    });
    expect(epochs.map(({ clock, startsAt }) => `${clock} ${startsAt.toISOString().slice(0, 10)}`)).toEqual(
      days.map((day) => `RECORDED ${day}`),
    );
  });

  it("a pilot output with a truth that can be compared is settled at once", async () => {
    const { project, token } = await makeSendingProject(db);
    await db.answerSchema.create({
      data: { projectId: project.id, id: crypto.randomUUID(), version: 1, definition: labelForm() },
    });
    const pilot = { phase: "pilot", output: { label: "yes" } };
    const answer = await send(
      [
        makeRecord({ ...pilot, ground_truth: { label: "yes" } }),
        makeRecord({ ...pilot, ground_truth: { label: "no" } }),
        makeRecord({ ...pilot, ground_truth: { other: 1 } }),
      ],
      { token },
    );
    expect(answer.body).toMatchObject({ accepted: 3 });
    const samples = await db.sample.findMany({
      where: { projectId: project.id, settledBy: "truth" },
      include: { stratumEpoch: { include: { stratum: true } } },
    });
    expect(samples.map(({ verdict }) => String(verdict)).toSorted()).toEqual(["CORRECT", "INCORRECT"]);
    for (const { stratumEpoch } of samples)
      expect(stratumEpoch).toMatchObject({ rate: 1, stratum: { attribute: "$truth" } });
    expect(await db.dirtyEpoch.count({ where: { projectId: project.id } })).toBeGreaterThan(0);
  });
});

describe("an idempotency key", () => {
  it("replays the first answer, and refuses another body", async () => {
    const { project, token } = await makeSendingProject(db);
    const record = makeRecord();
    const headers = { "idempotency-key": "abc-1" };
    const first = await send([record], { token, headers });
    const again = await send([record], { token, headers });
    expect(again.status).toBe(202);
    expect(again.body).toEqual(first.body);
    const other = await send([makeRecord()], { token, headers });
    expect(other).toMatchObject({ status: 422, body: { reason: "key_reused" } });
    expect(await ledgerTotals(db, project.id)).toMatchObject({ accepted: 1, duplicates: 0 });
    expect((await rowsOf(project.id)).outputs).toBe(1);
  });

  it("is stored once for twins that come at the same moment", async () => {
    const { project, token } = await makeSendingProject(db);
    const body = [makeRecord(), makeRecord()];
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(body, { token, headers: { "idempotency-key": "twin" } })),
    );
    expect(new Set(answers.map((answer) => canonicalJson(answer.body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ accepted: 2 });
    expect(await ledgerTotals(db, project.id)).toMatchObject({ received: 2 });
  });

  it("that is none is refused", async () => {
    const { token } = await makeSendingProject(db);
    for (const key of ["", "ä", "a b", "x".repeat(201)]) {
      const answer = await send(makeRecord(), {
        token,
        headers: { "idempotency-key": Buffer.from(key).toString("latin1") },
      });
      expect([key, answer.status]).toEqual([key, 400]);
    }
  });
});

describe("what is refused leaves nothing behind", () => {
  const right = () => JSON.stringify([makeRecord()]);
  const gzip = { "content-encoding": "gzip" };
  const digest = (text: string) => `sha-256=:${hash("sha256", text, "base64")}:`;
  const cases: [
    string,
    number,
    string,
    () => { body: unknown; type?: string | null; headers?: Record<string, string> },
  ][] = [
    ["an empty body", 400, "empty_batch", () => ({ body: "" })],
    ["an empty array", 400, "empty_batch", () => ({ body: "[]" })],
    ["an empty batch", 400, "empty_batch", () => ({ body: '{"batch":[]}' })],
    ["5,001 records", 413, "too_many_records", () => ({ body: `[${"1,".repeat(5_000)}1]` })],
    ["more than 10 MiB", 413, "body_too_large", () => ({ body: Buffer.alloc(10 * 1024 * 1024 + 1, 0x20) })],
    [
      "a bomb",
      413,
      "decompressed_too_large",
      () => ({ body: gzipSync(Buffer.alloc(33 * 1024 * 1024)), headers: gzip }),
    ],
    ["plain text called gzip", 400, "bad_encoding", () => ({ body: right(), headers: gzip })],
    ["half a gzip", 400, "bad_encoding", () => ({ body: gzipSync(right()).subarray(0, 40), headers: gzip })],
    [
      "gzip with a tail",
      400,
      "bad_encoding",
      () => ({ body: Buffer.concat([gzipSync(right()), Buffer.from("x")]), headers: gzip }),
    ],
    [
      "an unknown encoding",
      415,
      "content_encoding",
      () => ({ body: right(), headers: { "content-encoding": "zstd" } }),
    ],
    ["no media type", 415, "media_type", () => ({ body: right(), type: null })],
    ["a form", 415, "media_type", () => ({ body: right(), type: "application/x-www-form-urlencoded" })],
    [
      "another charset",
      415,
      "media_type",
      () => ({ body: right(), type: "application/json; charset=latin1" }),
    ],
    [
      "a wrong digest",
      400,
      "digest_mismatch",
      () => ({ body: right(), headers: { "content-digest": digest("other") } }),
    ],
    [
      "strict, and nothing valid",
      422,
      "all_invalid",
      () => ({ body: '[{"id":"a"},2]', headers: { prefer: "handling=strict" } }),
    ],
  ];
  for (const [name, status, reason, make] of cases) {
    it(`${name}: ${status}`, async () => {
      const { project, token } = await makeSendingProject(db);
      const answer = await send(make().body, { token, ...make() });
      expect(answer).toMatchObject({ status, body: { status, reason } });
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(answer.body.request_id).toBe(answer.headers["x-request-id"]);
      expect(await rowsOf(project.id)).toEqual({ outputs: 0, quarantined: 0, conflicts: 0, population: 0 });
    });
  }

  it("except its count in the ledger", async () => {
    const { project, token } = await makeSendingProject(db);
    await send("", { token });
    await send("[1,2,3]", { token, headers: { prefer: "handling=strict" } });
    await send(right(), { token });
    await expect
      .poll(() => ledgerTotals(db, project.id), { timeout: 5_000 })
      .toMatchObject({ received: 5, accepted: 1, refused: 4 });
  });

  it("and a right digest, or strict with something valid, is taken", async () => {
    const { token } = await makeSendingProject(db);
    const body = right();
    expect(await send(body, { token, headers: { "content-digest": digest(body) } })).toMatchObject({
      status: 202,
    });
    const mixed = await send([makeRecord(), {}], {
      token,
      headers: { prefer: "respond-async, handling=strict" },
    });
    expect(mixed).toMatchObject({ status: 202, body: { accepted: 1, quarantined: 1 } });
  });

  it("whoever has no right key is nobody", async () => {
    const sending = await makeSendingProject(db);
    const { project, token } = sending;
    const expired = await makeKey(db, sending, ["outputs:write"], { expiresAt: new Date(Date.now() - 1000) });
    const revoked = await makeKey(db, sending, ["outputs:write"], { revokedAt: new Date() });
    const body = [makeRecord()];
    const wrong = `${token.slice(0, 20)}${token[20] === "a" ? "b" : "a"}${token.slice(21)}`;
    for (const bad of [null, "", "asy_x", wrong, expired, revoked]) {
      const answer = await send(body, { token: bad });
      expect([bad, answer.status, answer.body.reason]).toEqual([bad, 401, "invalid_key"]);
    }
    expect((await send(body, { token: null, path: `/api/v1/outputs?key=${token}` })).status).toBe(401);
    expect((await send(body, { token, headers: { "x-api-key": expired } })).status).toBe(401);
    expect((await send(body, { token: null, headers: { "x-api-key": token } })).status).toBe(202);
    const reading = await makeKey(db, sending, ["read"]);
    expect(await send(body, { token: reading })).toMatchObject({ status: 403, body: { reason: "scope" } });
    await db.source.update({
      where: { projectId_id: { projectId: project.id, id: sending.sourceId } },
      data: { disabledAt: new Date() },
    });
    const late = await makeKey(db, sending, ["outputs:write"]);
    expect((await send(body, { token: late })).status).toBe(401);
  });
});
