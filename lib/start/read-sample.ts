import { type RecordSlice, recordScanner } from "@/lib/ingest/record-scanner";
import { reasonSentence } from "@/lib/quarantine/reason";

export type ReadSample =
  | { ok: true; values: unknown[] }
  /** Where the text breaks, counted from 1 as editors do, and why. */
  | { ok: false; line: number; column: number; sentence: string };

/** Reads what somebody pasted by the same scanner as the door: one record, an array, a batch, or one record a line. Pure. */
export function readSample(text: string): ReadSample {
  const bytes = Buffer.from(text, "utf8");
  if (text.trim() === "") return { ok: false, line: 1, column: 1, sentence: "There is nothing here yet." };
  const slices = slicesOf(bytes, "json");
  const broken = slices.find(({ reasons }) => reasons.length > 0);
  if (!broken) return { ok: true, values: slices.map(({ value }) => value) };
  if (isOneALine(text)) {
    const lines = slicesOf(bytes, "ndjson");
    const wrong = lines.find(({ reasons }) => reasons.length > 0);
    return wrong ? problemOf(bytes, wrong) : { ok: true, values: lines.map(({ value }) => value) };
  }
  return problemOf(bytes, broken);
}

function slicesOf(bytes: Buffer, form: "json" | "ndjson"): RecordSlice[] {
  const next = recordScanner(bytes, form);
  const slices: RecordSlice[] = [];
  for (let slice = next(); slice !== null; slice = next()) slices.push(slice);
  return slices;
}

/** Several lines that are objects each. */
function isOneALine(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line));
}

function problemOf(bytes: Buffer, { start, reasons }: RecordSlice): ReadSample {
  const [reason] = reasons;
  const before = bytes.toString("utf8", 0, start + (reason?.offset ?? 0));
  const lines = before.split("\n");
  const line = lines.length;
  const column = (lines.at(-1)?.length ?? 0) + 1;
  if (reason?.code === "PARSE_INVALID_JSON" && reason.expected) {
    const sentence = `Line ${line}, column ${column}: ${foundWords(reason.observed)}${reason.expected} is expected.`;
    return { ok: false, line, column, sentence };
  }
  const at = reason?.path ? ` (at ${reason.path})` : "";
  return { ok: false, line, column, sentence: `Line ${line}: ${reasonSentence(reason?.code ?? "")}${at}` };
}

/** What stands there instead, where the scanner says it. */
function foundWords(observed: unknown): string {
  if (typeof observed !== "string") return "";
  return observed === "the end" ? "the text ends where " : `“${observed}” stands where `;
}
