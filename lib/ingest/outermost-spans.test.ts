import { expect, it } from "vitest";
import type { OtlpSpan, OtlpValue } from "./otlp-value";
import { outermostSpans } from "./outermost-spans";
import { spanRecord } from "./span-record";

type Given = Record<string, OtlpValue>;

const IN = { "gen_ai.input.messages": "[1]" };
const BOTH = { ...IN, "gen_ai.output.messages": "[2]" };
const CALL = { "gen_ai.operation.name": "chat" };

function span(spanId: string, parentSpanId: string, attributes: Given, resource: Given = {}): OtlpSpan {
  return {
    traceId: "t",
    spanId,
    parentSpanId,
    traceState: "",
    name: "",
    startNanos: 0n,
    endNanos: 1n,
    failed: false,
    attributes: new Map(Object.entries(attributes)),
    resource: new Map(Object.entries(resource)),
  };
}

const idsOf = (spans: OtlpSpan[]) => outermostSpans(spans).map((each) => each.span.spanId);

it("takes the outermost span with content, whatever the order and what lies between", () => {
  const spans = [
    span("model", "step", { ...CALL, ...BOTH }),
    span("step", "agent", {}),
    span("agent", "http", { ...BOTH, "gen_ai.operation.name": "invoke_agent" }),
    span("http", "", {}),
  ];
  expect(idsOf(spans)).toEqual(["agent"]);
  expect(idsOf(spans.toReversed())).toEqual(["agent"]);
  expect(idsOf([...spans, span("second", "http", { ...CALL, ...BOTH })]).sort()).toEqual(["agent", "second"]);
});

it("tells of calls without content once, and not where a whole one lies around or inside", () => {
  expect(idsOf([span("agent", "", CALL), span("model", "agent", CALL), span("other", "", CALL)])).toEqual([
    "agent",
    "other",
  ]);
  expect(idsOf([span("agent", "", CALL), span("model", "agent", { ...CALL, ...BOTH })])).toEqual(["model"]);
  expect(idsOf([span("agent", "", BOTH), span("model", "agent", CALL)])).toEqual(["agent"]);
  expect(idsOf([span("failed", "", { ...CALL, ...IN }), span("plain", "", {})])).toEqual(["failed"]);
});

it("takes tools, searches and embeddings for parts, not for outputs", () => {
  const content = { "input.value": "a", "output.value": "b" };
  const parts: Given[] = [
    { "gen_ai.operation.name": "execute_tool" },
    { "gen_ai.operation.name": "embeddings" },
    { "openinference.span.kind": "TOOL" },
    { "openinference.span.kind": "RETRIEVER" },
    { "mlflow.spanType": '"TOOL"' },
    { "ai.operationId": "ai.toolCall" },
  ];
  expect(idsOf(parts.map((each, at) => span(String(at), "", { ...each, ...content })))).toEqual([]);
  expect(idsOf([span("own", "", { ...parts[0], "assay.input": "a", "assay.output": "b" })])).toEqual(["own"]);
});

it("takes only what the sender has marked, where it says so", () => {
  const marked = { "assay.spans": "marked" };
  const spans = [
    span("agent", "", { ...BOTH, "assay.output.id": "o-1" }, marked),
    span("early", "elsewhere", { ...CALL, ...BOTH }, marked),
    span("bare", "elsewhere", CALL, marked),
  ];
  expect(idsOf(spans)).toEqual(["agent"]);
});

it("loses no span of a ring, of twins or without ids", () => {
  expect(idsOf([span("a", "b", BOTH), span("b", "a", BOTH), span("c", "c", BOTH)])).toEqual(["a", "c"]);
  expect(idsOf([span("a", "", BOTH), span("a", "", BOTH)])).toEqual(["a", "a"]);
  expect(idsOf([span("", "", BOTH), span("", "", BOTH)])).toEqual(["", ""]);
  const chain = Array.from({ length: 20_000 }, (_, at) => span(String(at), String(at - 1), BOTH));
  expect(idsOf(chain.toReversed())).toEqual(["0"]);
});

it("takes the first name that says something", () => {
  const recordOf = (attributes: Given) => {
    const [chosen] = outermostSpans([span("s", "", attributes)]);
    return chosen ? (JSON.parse(spanRecord(chosen)) as Record<string, unknown>) : null;
  };
  expect(
    recordOf({
      "assay.input": "",
      "input.value": "in",
      "output.value": "__REDACTED__",
      "ai.response.text": "out",
    }),
  ).toMatchObject({
    id: "t:s",
    input: "in",
    output: "out",
    cluster: "t",
    occurred_at: "1970-01-01T00:00:00.000000001Z",
  });
  expect(
    recordOf({
      "llm.input_messages.10.message.content": "last",
      "llm.input_messages.2.message.role": "user",
      "llm.input_messages.2.message.tool_calls.0.tool_call.function.name": "f",
      "output.value": "x",
      "llm.model_name": "m",
    }),
  ).toMatchObject({
    input: [{ role: "user", "tool_calls.0.tool_call.function.name": "f" }, { content: "last" }],
    model: { name: "m" },
  });
  expect(recordOf({ ...BOTH, "gen_ai.system_instructions": '["s"]' })).toMatchObject({
    input: { system_instructions: ["s"], messages: [1] },
    output: [2],
  });
  expect(recordOf({ "mlflow.spanInputs": '{"a":1}', "mlflow.spanOutputs": '"b"' })).toMatchObject({
    input: { a: 1 },
    output: '"b"',
  });
});
