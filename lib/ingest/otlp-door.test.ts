import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { encodeOtlp, logsBody, otlpPairs, otlpSpan, spansBody } from "./testing/encode-otlp";
import { ledgerTotals, makeKey, makeSendingProject, openDoors } from "./testing/open-ingest";

const { db } = await testDatabase();
const address = `http://127.0.0.1:${await openDoors()}/api/v1/otlp/v1`;
const JSON_TYPE = "application/json";
const PROTOBUF = "application/x-protobuf";

interface Answer {
  status: number;
  type: string | null;
  bytes: Buffer;
}

async function post(
  door: "traces" | "logs",
  body: Buffer | object,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(`${address}/${door}`, {
    method: "POST",
    headers: { "content-type": Buffer.isBuffer(body) ? PROTOBUF : JSON_TYPE, ...headers },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get("content-type"), bytes };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const partialOf = ({ bytes }: Answer) =>
  (JSON.parse(bytes.toString()) as { partialSuccess?: object }).partialSuccess;

/** Field 1 and 2 of a message, or of the message in its field 1. */
function firstFields(bytes: Uint8Array): { number: number; text: string } {
  const reader = new BinaryReader(bytes);
  const found = { number: 0, text: "" };
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 1 && wire === WireType.Varint) found.number = Number(reader.int64());
    else if (field === 2 && wire === WireType.LengthDelimited) found.text = reader.string(true);
    else reader.skip(wire, field);
  }
  return found;
}

function storedOf(projectId: string) {
  return db.$queryRaw<Record<string, unknown>[]>`
    SELECT external_id, occurred_at, phase, model_name, model_version, cluster, flags, input::text, output::text, segments, extra::text,
      source_probability, confidence, encode(content_hash, 'hex') AS hash
    FROM output WHERE project_id = ${projectId}::uuid ORDER BY external_id`;
}

const CONTENT = {
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "m-1",
  "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]',
  "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"ho"}]}]',
};

describe("what an exporter really sends", () => {
  const json = readFileSync("lib/ingest/testing/exporter-traces.json");
  const protobuf = Buffer.from(readFileSync("lib/ingest/testing/exporter-traces.base64", "utf8"), "base64");

  it("is one output, the same from JSON and from protobuf, and a duplicate when it comes again", async () => {
    const stored = [];
    for (const [body, type] of [
      [json, JSON_TYPE],
      [protobuf, PROTOBUF],
    ] as const) {
      const { project, token } = await makeSendingProject(db, { recorded: true });
      const headers = { ...bearer(token), "content-type": type };
      for (let time = 0; time < 2; time += 1) {
        const answer = await post("traces", body, headers);
        expect([answer.status, answer.type, answer.bytes.toString()]).toEqual([
          200,
          type,
          type === PROTOBUF ? "" : "{}",
        ]);
      }
      expect(await ledgerTotals(db, project.id)).toMatchObject({ received: 2, accepted: 1, duplicates: 1 });
      stored.push(await storedOf(project.id));
    }
    expect(stored[0]).toMatchObject([
      {
        external_id: "chatcmpl-8",
        model_name: "gpt-5-2026-08",
        model_version: "1.4.0",
        cluster: "c-1",
        segments: { channel: "mail", region: "eu" },
        source_probability: 1,
      },
    ]);
    expect(JSON.parse(String(stored[0]?.[0]?.input))).toEqual([
      { role: "user", parts: [{ type: "text", content: "Please pay invoice 4711 — 120,00 €" }] },
    ]);
    // The two exporters of one process sent the span itself, each once: nothing but the form differs.
    expect(stored[1]).toEqual(stored[0]);
  });
});

describe("both forms", () => {
  it("give equal outputs for every kind of value", async () => {
    const spans = [
      otlpSpan({ ...CONTENT, "gen_ai.response.id": "r-1", "gen_ai.system_instructions": '["be brief"]' }),
      otlpSpan({
        "assay.input": { a: [1n, 2.5, true, "x"], "b.c": { d: -9007199254740991n } },
        "assay.output": 7n,
      }),
      otlpSpan({ "assay.input": "plain", "assay.output": '{"label":"invoice"', "assay.confidence": 0.25 }),
      otlpSpan(
        { "input.value": "a", "output.value": "", "openinference.span.kind": "LLM", "session.id": "s-9" },
        { traceState: "vendor=1,ot=th:c;rv:9b8233f7e3a151", status: { code: 2 } },
      ),
      otlpSpan({
        "assay.input": [],
        "assay.output": {},
        "assay.sampling.probability": 0.05,
        "assay.phase": "pilot",
      }),
    ];
    const body = spansBody(spans, { "service.name": "shop", "assay.segment.region": "eu" });
    const [first, second] = await Promise.all(
      [body, encodeOtlp(body)].map(async (each) => {
        const { project, token } = await makeSendingProject(db);
        const { status, bytes } = await post("traces", each, bearer(token));
        expect([status, bytes.length]).toEqual([200, Buffer.isBuffer(each) ? 0 : 2]);
        return storedOf(project.id);
      }),
    );
    expect(first).toHaveLength(5);
    expect(second).toEqual(first);
    const byInput = new Map(first?.map((each) => [String(each.input), each]));
    expect(byInput.get('"a"')).toMatchObject({ source_probability: 0.25, cluster: "s-9" });
    expect(byInput.get("[]")).toMatchObject({ source_probability: 0.05, phase: "PILOT" });
    expect(byInput.get('"plain"')).toMatchObject({
      output: '"{\\"label\\":\\"invoice\\""',
      confidence: 0.25,
    });
    const nested = [...byInput.keys()].find((text) => text.includes("b.c"));
    expect(JSON.parse(nested ?? "")).toEqual({ a: [1, 2.5, true, "x"], "b.c": { d: -9007199254740991 } });
  });
});

describe("what cannot be taken is told", () => {
  it("in the form that was asked for, and kept in quarantine with its reason", async () => {
    const { project, token } = await makeSendingProject(db);
    const spans = [
      otlpSpan(CONTENT),
      otlpSpan({ "gen_ai.operation.name": "chat", "gen_ai.request.model": "m-1" }),
      otlpSpan({ ...CONTENT, "gen_ai.output.messages": "\ud800[" }),
      otlpSpan({ "assay.input": "1", "assay.output": "[9007199254740993]" }),
      otlpSpan({ ...CONTENT }, { traceState: "ot=th:xyz" }),
      otlpSpan({ "http.request.method": "GET" }),
    ];
    expect(partialOf(await post("traces", spansBody(spans), bearer(token)))).toEqual({
      rejectedSpans: "4",
      errorMessage:
        "4 of 5 outputs are kept in quarantine (SPAN_NO_CONTENT, LONE_SURROGATE /output, NUMBER_NOT_REPRESENTABLE /output/0)." +
        " Let the sender record inputs and outputs.",
    });
    const held = await db.quarantine.groupBy({ by: ["firstCode"], where: { projectId: project.id } });
    expect(held.map(({ firstCode }) => firstCode).sort()).toEqual([
      "LONE_SURROGATE",
      "NUMBER_NOT_REPRESENTABLE",
      "SPAN_NO_CONTENT",
      "TYPE_MISMATCH",
    ]);
    const again = spansBody([otlpSpan({ "gen_ai.operation.name": "chat" })]);
    const protobuf = await post("traces", encodeOtlp(again), bearer(token));
    const message =
      "1 of 1 outputs are kept in quarantine (SPAN_NO_CONTENT). Let the sender record inputs and outputs.";
    const reader = new BinaryReader(protobuf.bytes);
    expect([protobuf.type, reader.tag()]).toEqual([PROTOBUF, [1, 2]]);
    expect(firstFields(reader.bytes())).toEqual({ number: 1, text: message });
    const nothing = spansBody([otlpSpan({ "http.request.method": "GET" })]);
    expect(partialOf(await post("traces", nothing, bearer(token)))).toEqual({
      rejectedSpans: "0",
      errorMessage: "Nothing was kept: none of the 1 spans is the call of a model with its input and output.",
    });
    expect((await post("traces", {}, bearer(token))).bytes.toString()).toBe("{}");
  });

  it("as a google.rpc.Status where nothing of the request was taken", async () => {
    const { project, token } = await makeSendingProject(db);
    const cases: [string, Buffer | object, Record<string, string>, number, number][] = [
      ["no key", spansBody([]), {}, 401, 16],
      ["no OTLP", { outputs: [] }, bearer(token), 400, 3],
      ["cut off", encodeOtlp(spansBody([otlpSpan(CONTENT)])).subarray(0, -3), bearer(token), 400, 3],
      ["a bomb", gzipSync(Buffer.alloc(40 << 20)), { ...bearer(token), "content-encoding": "gzip" }, 413, 8],
      ["no gzip", Buffer.from("x"), { ...bearer(token), "content-encoding": "gzip" }, 400, 3],
      [
        "empty attributes without end",
        encodeOtlp(spansBody([otlpSpan({}, { attributes: Array.from({ length: 1_000_001 }, () => ({})) })])),
        bearer(token),
        413,
        8,
      ],
    ];
    for (const [name, body, headers, status, code] of cases) {
      const answer = await post("traces", body, headers);
      const said = Buffer.isBuffer(body)
        ? firstFields(answer.bytes)
        : { number: (JSON.parse(answer.bytes.toString()) as { code: number }).code, text: "…" };
      expect([name, answer.status, said.number, said.text === ""]).toEqual([name, status, code, false]);
      expect(answer.type).toBe(Buffer.isBuffer(body) ? PROTOBUF : JSON_TYPE);
    }
    const plain = await post("traces", Buffer.from("a"), { ...bearer(token), "content-type": "text/plain" });
    expect([plain.status, JSON.parse(plain.bytes.toString())]).toMatchObject([415, { code: 3 }]);
    // Refusals are counted a second late.
    await expect.poll(async () => (await ledgerTotals(db, project.id)).refused, { timeout: 5_000 }).toBe(6);
    expect(await db.output.count({ where: { projectId: project.id } })).toBe(0);
  });
});

it("takes the key as Bearer, X-Api-Key and either half of Basic, here alone, and not without its scope", async () => {
  const sending = await makeSendingProject(db);
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  const ways: Record<string, string>[] = [
    bearer(sending.token),
    { "x-api-key": sending.token },
    basic(`otlp:${sending.token}`),
    basic(`${sending.token}:`),
  ];
  for (const headers of ways) expect((await post("traces", spansBody([]), headers)).status).toBe(200);
  const wrong = [basic(`otlp:${sending.token}x`), basic("otlp"), { authorization: `Basic ${sending.token}` }];
  for (const headers of wrong) expect((await post("traces", spansBody([]), headers)).status).toBe(401);
  const outputs = await fetch(address.replace("/otlp/v1", "/outputs"), {
    method: "POST",
    headers: { ...basic(`otlp:${sending.token}`), "content-type": JSON_TYPE },
    body: "[]",
  });
  expect(outputs.status).toBe(401);
  const truthOnly = bearer(await makeKey(db, sending, ["truth:write"]));
  expect((await post("traces", spansBody([]), truthOnly)).status).toBe(403);
  expect((await post("logs", logsBody([]), truthOnly)).status).toBe(200);
});

it("keeps keys that would reach the prototype of all objects flat, in both forms", async () => {
  const keys = ["__proto__.polluted", "a.__proto__.b", "constructor.prototype.x", "__proto__", "toString"];
  const hostile = Object.fromEntries(
    keys.flatMap((key) => [
      [key, "1"],
      [`assay.segment.${key}`, "yes"],
    ]),
  );
  const list = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}}}') as object;
  const attributes = [
    ...otlpPairs({ ...CONTENT, ...hostile, "assay.input": list }),
    ...keys.map((key) => ({ key: `llm.input_messages.0.message.${key}`, value: { stringValue: "1" } })),
  ];
  const body = spansBody([otlpSpan({}, { attributes })], hostile);
  for (const each of [body, encodeOtlp(body)]) {
    const { project, token } = await makeSendingProject(db);
    expect((await post("traces", each, bearer(token))).status).toBe(200);
    const [stored] = await storedOf(project.id);
    expect(Object.keys(stored?.segments as object).sort()).toEqual(keys.toSorted());
    expect(JSON.parse(String(stored?.input))).toEqual(list);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  }
});

it("records evaluations as truths about the outputs that they name", async () => {
  const { project, token } = await makeSendingProject(db);
  const span = otlpSpan(CONTENT);
  await post("traces", spansBody([span]), bearer(token));
  const evaluation = (attributes: object, more: object = { traceId: span.traceId, spanId: span.spanId }) => ({
    timeUnixNano: "1796047692601000000",
    eventName: "gen_ai.evaluation.result",
    attributes: otlpPairs(attributes as Record<string, unknown>),
    ...more,
  });
  const logs = [
    evaluation({ "gen_ai.evaluation.name": "label", "gen_ai.evaluation.score.label": "yes" }),
    evaluation({ "gen_ai.evaluation.name": "grade", "gen_ai.evaluation.score.value": 0.5 }),
    evaluation({ "gen_ai.response.id": "later", "assay.ground_truth": '{"label":"no"}' }, {}),
    { timeUnixNano: "1", attributes: otlpPairs({ "event.name": "gen_ai.evaluation.result" }) },
    { timeUnixNano: "1", eventName: "something else", attributes: [] },
  ];
  for (const body of [logsBody(logs), encodeOtlp(logsBody(logs))]) {
    const answer = await post("logs", body, bearer(token));
    expect(answer.status).toBe(200);
    if (!Buffer.isBuffer(body))
      expect(partialOf(answer)).toEqual({
        rejectedLogRecords: "1",
        errorMessage: "1 of 3 truths are kept in quarantine (ENVELOPE_MISSING_ID /id).",
      });
  }
  const truths = await db.groundTruth.findMany({ where: { projectId: project.id } });
  const values = new Map(truths.map(({ externalId, value }) => [externalId, value]));
  expect(truths).toHaveLength(2);
  expect(values.get(`${String(span.traceId)}:${String(span.spanId)}`)).toEqual({ label: "yes", grade: 0.5 });
  expect(values.get("later")).toEqual({ label: "no" });
});

it("answers every broken body, and loses nothing of what it took", { timeout: 60_000 }, async () => {
  const { project, token } = await makeSendingProject(db);
  const random = seededRandom(4318);
  const spans = [
    otlpSpan(CONTENT),
    otlpSpan({ ...CONTENT, "assay.segment.x": "y" }),
    otlpSpan({ "assay.input": [1n], "assay.output": { a: "b" } }),
  ];
  const sound = [encodeOtlp(spansBody(spans)), Buffer.from(JSON.stringify(spansBody(spans)))];
  const seen = new Map<number, number>();
  let taken = 0;
  const sendOne = async (number: number) => {
    const source = sound[number % 2] as Buffer;
    let bytes = Buffer.from(source);
    for (let change = 0; change <= 3 * random(); change += 1) {
      const at = Math.floor(random() * bytes.length);
      const kind = Math.floor(4 * random());
      if (kind === 0) bytes = bytes.subarray(0, at);
      else if (kind === 1) bytes[at] = Math.floor(256 * random());
      else if (kind === 2)
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(9 * random()))]);
      else
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          bytes.subarray(Math.floor(random() * at)),
          bytes.subarray(at),
        ]);
    }
    const type = number % 2 === 0 ? PROTOBUF : JSON_TYPE;
    const { status } = await post("traces", bytes, { ...bearer(token), "content-type": type });
    if (status === 200) taken += 1;
    seen.set(status, (seen.get(status) ?? 0) + 1);
  };
  const BODIES = 2_000;
  for (let number = 0; number < BODIES; number += 20)
    await Promise.all(Array.from({ length: 20 }, (_, each) => sendOne(number + each)));
  expect([...seen.keys()].sort((a, b) => a - b)).toEqual([200, 400]);
  expect(taken).toBeGreaterThan(BODIES / 20);
  await expect
    .poll(async () => (await ledgerTotals(db, project.id)).refused, { timeout: 5_000 })
    .toBe(BODIES - taken);
  const { received, accepted, flagged, duplicates, conflicts, quarantined, refused } = await ledgerTotals(
    db,
    project.id,
  );
  expect(received).toBe(accepted + flagged + duplicates + conflicts + quarantined + refused);
  expect(await db.output.count({ where: { projectId: project.id } })).toBe(accepted + flagged);
  expect(await db.quarantine.count({ where: { projectId: project.id } })).toBe(quarantined);
});
