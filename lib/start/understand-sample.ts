import { profileOf } from "@/lib/contract/infer-contract";
import type { KeyedFacts } from "@/lib/contract/record-facts";
import type { ContractDefinition } from "@/lib/contract/schema";
import { jsonType } from "@/lib/contract/shape";
import { pointerTo } from "@/lib/core/json-pointer";
import { isPlainObject } from "@/lib/ingest/read-fields";
import type { AnswerDefinition } from "@/lib/review/schema";
import { suggestDefinition } from "@/lib/review/suggest-definition";
import { draftRules } from "./draft-rules";
import { MOST_SAMPLES, type PlaceUse, type SampleRecord, type Understood } from "./schema";
import { isCategory, shapeSample } from "./shape-sample";

export interface UnderstoodSample {
  records: SampleRecord[];
  understood: Understood;
  contract: ContractDefinition;
  form: AnswerDefinition | null;
}

const MOST_PLACES = 40;
const LONGEST_EXAMPLE = 80;
const MOST_NOTES = 8;

/** What can be said from a few pasted values about what a system sends: pure, and the same whenever it is asked. */
export function understandSample(values: readonly unknown[]): UnderstoodSample {
  const shaped = values.slice(0, MOST_SAMPLES).map(shapeSample);
  const records = shaped.map(({ record }) => record);
  const facts = records.map((record, at): KeyedFacts => ({ key: String(at), facts: record }));
  const contract = draftRules(profileOf(facts));
  const form = suggestDefinition(
    records.map(({ output }) => output),
    records.flatMap(({ ground_truth: truth }) => (truth === undefined || truth === null ? [] : [truth])),
  );
  const places = placesOf(records);
  return {
    records,
    contract,
    form,
    understood: {
      records: records.length,
      left_out: values.length - records.length,
      places: places.slice(0, MOST_PLACES),
      questions: form?.fields.map(({ label }) => label) ?? [],
      could_be_segments: couldBeSegments(records),
      rules: contract.rules.length,
      notes: [...new Set(shaped.flatMap(({ notes }) => notes))].slice(0, MOST_NOTES),
    },
  };
}

type Place = Understood["places"][number];

/** Scalars and lists by their place, in order of first sight. */
function placesOf(records: readonly SampleRecord[]): Place[] {
  const found = new Map<string, Place>();
  const visit = (path: string, value: unknown, use: PlaceUse, depth: number): void => {
    if (isPlainObject(value) && depth < 4) {
      for (const [name, member] of Object.entries(value))
        visit(pointerTo(path, name), member, use, depth + 1);
      return;
    }
    const known = found.get(path);
    if (known) known.records += 1;
    else found.set(path, { path, use, type: jsonType(value), example: exampleOf(value), records: 1 });
  };
  for (const record of records)
    for (const [name, member] of Object.entries(record)) visit(pointerTo("", name), member, useOf(name), 0);
  const order: readonly PlaceUse[] = ["answered", "given", "segment", "about"];
  return [...found.values()].sort((a, b) => order.indexOf(a.use) - order.indexOf(b.use));
}

function useOf(name: string): PlaceUse {
  if (name === "output") return "answered";
  if (name === "input") return "given";
  return name === "segments" ? "segment" : "about";
}

function exampleOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= LONGEST_EXAMPLE) return text;
  // No half of a character at the end.
  return `${text.slice(0, LONGEST_EXAMPLE).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** Short single words of the input: what they say may split the outputs into groups that fail differently. */
function couldBeSegments(records: readonly SampleRecord[]): string[] {
  const names = new Set<string>();
  for (const { input, segments } of records) {
    if (!isPlainObject(input)) continue;
    for (const [name, member] of Object.entries(input)) {
      const known = isPlainObject(segments) && Object.hasOwn(segments, name);
      if (!known && typeof member === "string" && isCategory(name, member)) names.add(name);
    }
  }
  return [...names].slice(0, 6);
}
