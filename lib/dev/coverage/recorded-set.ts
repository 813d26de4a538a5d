import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { recordedScores } from "@/lib/dev/replay/recorded-labels";
import { type RecordedRule, recordedRule } from "@/lib/dev/replay/recorded-rule";
import { readRecordedStream, type RecordedOutput } from "@/lib/dev/replay/recorded-stream";
import * as z from "zod";

export const RECORDED_SETS = ["airbnb-listings", "bank-marketing", "nhtsa-recall-documents"] as const;

/** Beside the project's folder, or where ASSAY_RECORDED_DATA says. */
export function recordedFolder(): string {
  return process.env.ASSAY_RECORDED_DATA || join(process.cwd(), "..", "shared", "data");
}

export function hasRecordedSets(): boolean {
  return RECORDED_SETS.every((name) => existsSync(join(recordedFolder(), name, "truth.json")));
}

const weeks = z.array(
  z.object({ week: z.iso.date(), phase: z.string(), n: z.number(), accuracy: z.number().nullable() }),
);
const truthFile = z.object({
  rule: z.string(),
  overall: z.object({ weeks }),
  segments: z.record(z.string(), z.record(z.string(), z.object({ weeks }))),
});

export interface RecordedSet {
  name: string;
  records: RecordedOutput[];
  /** Label of each output in [0, 1]; null when nobody can know it. */
  scores: Map<string, number | null>;
  /** True production accuracy by segment ("" overall, else "attribute=value") and Monday of the week. */
  truth: Map<string, Map<string, number>>;
}

/** A recorded stream with what is true about it, judged by the product's own comparator. */
export async function readRecordedSet(name: string): Promise<RecordedSet> {
  const folder = join(recordedFolder(), name);
  const records = await readRecordedStream(join(folder, "records.jsonl.gz"));
  const file = truthFile.parse(JSON.parse(readFileSync(join(folder, "truth.json"), "utf8")));
  const rule = ruleOf(file.rule, records);
  const scores = recordedScores(records, rule);
  const truth = new Map([["", byWeek(file.overall.weeks)]]);
  for (const [attribute, values] of Object.entries(file.segments)) {
    for (const [value, of] of Object.entries(values)) truth.set(`${attribute}=${value}`, byWeek(of.weeks));
  }
  return { name, records, scores, truth };
}

function ruleOf(text: string, records: readonly RecordedOutput[]): RecordedRule {
  return recordedRule(records, text === "label" ? "equal:label" : text);
}

function byWeek(rows: z.output<typeof weeks>): Map<string, number> {
  const production = rows.filter(({ phase, n }) => phase === "production" && n > 0);
  return new Map(production.map(({ week, accuracy }) => [week, accuracy ?? Number.NaN]));
}
