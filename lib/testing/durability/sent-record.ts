import { createHash } from "node:crypto";
import type { Intent, SentRecord } from "./operation";

/** The part of a record that must read back equal. */
export interface Content {
  occurred_at: string;
  input: unknown;
  output: unknown;
  segments: unknown;
}

export interface RecordToSend {
  sent: SentRecord;
  body: Record<string, unknown>;
}

const TEXTS = [
  "Rechnung über 12,50 €",
  "注文書 第七号",
  "naïve “quotes” \\ /",
  "🧾🧾",
  "line\nbreak\ttab",
  "",
];

/** A record of the named kind: texts of many scripts, numbers, nesting, up to about 1 kB. */
export function makeRecord(intent: Intent, id: string, random: () => number): RecordToSend {
  if (intent === "broken") {
    return {
      sent: { id, intent, hash: "" },
      body: { id, occurred_at: new Date().toISOString(), output: null },
    };
  }
  const pick = () => TEXTS[Math.floor(random() * TEXTS.length)] ?? "";
  const content: Content = {
    occurred_at: new Date(Date.now() - Math.floor(random() * 60_000)).toISOString(),
    input: {
      text: pick().repeat(1 + Math.floor(random() * 20)),
      pages: [1, 2.5, -1e-7, random()],
      extra: { [pick()]: null },
    },
    output: { label: pick(), fields: [{ name: pick(), value: Math.round(random() * 1e6) / 100 }, []] },
    segments: { region: random() < 0.7 ? "eu" : "us" },
  };
  const body = { id, ...content };
  const hash = intent === "conflict" ? bytesHash(JSON.stringify(body)) : contentHash(content);
  return { sent: { id, intent, hash }, body };
}

/** Of a conflicting version the bytes are kept as they came. */
export function bytesHash(bytes: string | Buffer): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

export function contentHash(content: Content): string {
  return createHash("sha256").update(sortedJson(content)).digest("hex").slice(0, 16);
}

/** Own writing on purpose: a fault in the product's canonical form must not hide here. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
