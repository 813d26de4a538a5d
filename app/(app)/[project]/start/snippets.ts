import type { SampleRecord } from "@/lib/start/schema";

import { otelLines } from "./otel-snippet";

export const LANGUAGES = [
  { value: "curl", label: "curl" },
  { value: "typescript", label: "TypeScript" },
  { value: "python", label: "Python" },
  { value: "opentelemetry", label: "OpenTelemetry" },
] as const;
export type Language = (typeof LANGUAGES)[number]["value"];

export interface SnippetFacts {
  /** Where this installation is reached. */
  address: string;
  /** Null when the key was shown at another time. */
  token: string | null;
  records: readonly SampleRecord[];
  /** When the outputs are said to have happened, and what their ids begin with. */
  at: Date;
}

/** What is sent when nobody has pasted anything. */
export const EXAMPLE_RECORD: SampleRecord = {
  input: { subject: "Invoice 4711", text: "Please pay 120.00 EUR within 14 days." },
  output: { label: "invoice" },
  model: { name: "mail-sorter", version: "1.0" },
  segments: { region: "eu", channel: "mail" },
  confidence: 0.93,
};

/** The lines that send the records: they work as they are, in a terminal or as a file. */
export function snippet(language: Language, facts: SnippetFacts): string {
  switch (language) {
    case "curl":
      return curlLines(facts);
    case "typescript":
      return typescriptLines(facts);
    case "python":
      return pythonLines(facts);
    case "opentelemetry":
      return otelLines(facts.address, facts.token, sentRecords(facts));
  }
}

/** The records as they are sent: of this moment, and under ids that no real output has. */
export function sentRecords({ records, at }: Pick<SnippetFacts, "records" | "at">): SampleRecord[] {
  const stamp = at.toISOString().slice(0, 19);
  const given = records.length > 0 ? records : [EXAMPLE_RECORD];
  return given.map((record, index) => {
    const { id: _id, occurred_at: _at, ...rest } = record;
    return {
      id: `first-${stamp.slice(11).replaceAll(":", "")}-${index + 1}`,
      occurred_at: `${stamp}Z`,
      ...rest,
    } as unknown as SampleRecord;
  });
}

function curlLines(facts: SnippetFacts): string {
  return [
    `export ASSAY_KEY='${facts.token ?? "asy_…"}'`,
    `curl -X POST ${facts.address}/api/v1/outputs \\`,
    `  -H "Authorization: Bearer $ASSAY_KEY" -H "Content-Type: application/json" \\`,
    // Between these words a shell changes nothing, whatever quotes the records have.
    `  --data-binary @- <<'RECORDS'`,
    bodyLines(facts),
    "RECORDS",
  ].join("\n");
}

/** One record in many lines, many of them in one line each. */
function bodyLines(facts: SnippetFacts): string {
  const records = sentRecords(facts);
  const [only] = records;
  if (records.length === 1) return JSON.stringify(only, null, 2);
  return `{"batch": [\n${records.map((record) => JSON.stringify(record)).join(",\n")}\n]}`;
}

function typescriptLines(facts: SnippetFacts): string {
  const key = facts.token === null ? "process.env.ASSAY_KEY" : JSON.stringify(facts.token);
  return [
    `// send.ts: npx tsx send.ts`,
    `const key = ${key};`,
    `const body = ${bodyLines(facts)};`,
    "",
    "async function send() {",
    `  const response = await fetch("${facts.address}/api/v1/outputs", {`,
    `    method: "POST",`,
    '    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },',
    "    body: JSON.stringify(body),",
    "  });",
    "  console.log(response.status, await response.text());",
    "}",
    "",
    "void send();",
  ].join("\n");
}

function pythonLines(facts: SnippetFacts): string {
  const key = facts.token === null ? `os.environ["ASSAY_KEY"]` : JSON.stringify(facts.token);
  const records = sentRecords(facts);
  const body =
    records.length === 1
      ? pythonLiteral(records[0], "")
      : `{"batch": [\n${records.map((record) => `    ${pythonLiteral(record, null)},`).join("\n")}\n]}`;
  return [
    "# send.py: python3 send.py",
    `import json${facts.token === null ? ", os" : ""}`,
    "from urllib.error import HTTPError",
    "from urllib.request import Request, urlopen",
    "",
    `key = ${key}`,
    `body = ${body}`,
    "",
    "request = Request(",
    `    "${facts.address}/api/v1/outputs",`,
    "    data=json.dumps(body).encode(),",
    `    headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},`,
    ")",
    "try:",
    "    answer = urlopen(request)",
    "except HTTPError as refused:",
    "    answer = refused",
    "print(answer.code, answer.read().decode())",
  ].join("\n");
}

/** JSON in the words of Python; in one line without an indent. */
function pythonLiteral(value: unknown, indent: string | null): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = indent === null ? null : `${indent}    `;
  const parts = Array.isArray(value)
    ? value.map((each) => pythonLiteral(each, inner))
    : Object.entries(value).map(
        ([name, member]) => `${JSON.stringify(name)}: ${pythonLiteral(member, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  return inner === null
    ? `${open}${parts.join(", ")}${close}`
    : `${open}\n${parts.map((part) => `${inner}${part},`).join("\n")}\n${indent}${close}`;
}
