import { meantField } from "@/lib/ingest/read-record";
import { isPlainObject } from "@/lib/ingest/read-fields";
import { parseRfc3339 } from "@/lib/ingest/rfc3339";
import type { SampleRecord } from "./schema";

/** Names under which systems keep what a model gave and what it was given, the surest first. */
const OUTPUT_NAMES =
  "output prediction predicted completion response generated_text answer result results classification decision label".split(
    " ",
  );
const INPUT_NAMES =
  "input inputs prompt messages question query request features text document content message".split(" ");
const CONFIDENCE_NAMES = ["confidence", "score", "probability"];
const ID_NAMES = ["id", "request_id", "requestId", "trace_id"];
const TIME_NAMES = ["occurred_at", "timestamp", "time", "created_at", "createdAt"];
/** Longer words are nothing that many outputs share. */
const LONGEST_SEGMENT = 24;

export interface ShapedSample {
  record: SampleRecord;
  /** What was guessed, one sentence each. */
  notes: string[];
}

/** A pasted value as a record in our form. What is in that form already stays; of the rest the parts are guessed by their names. Pure. */
export function shapeSample(value: unknown): ShapedSample {
  if (!isPlainObject(value))
    return { record: { input: null, output: value }, notes: ["The whole value was taken as the output."] };
  const named = withOurNames(value);
  if (Object.hasOwn(named.record, "output")) {
    const hasInput = Object.hasOwn(named.record, "input");
    return {
      record: { ...named.record, input: named.record.input ?? null, output: named.record.output },
      notes: hasInput ? named.notes : [...named.notes, NO_INPUT],
    };
  }
  return guessed(value);
}

const NO_INPUT =
  "There is no input: reviewers need to see what the system was given, so send it with the output.";

/** "occurredAt" is meant as occurred_at; the door would say so. */
function withOurNames(value: Record<string, unknown>): { record: Record<string, unknown>; notes: string[] } {
  const notes: string[] = [];
  const entries = Object.entries(value).map(([name, member]) => {
    const meant = meantField(name);
    if (meant === undefined || meant === name || Object.hasOwn(value, meant)) return [name, member];
    notes.push(`${name} was taken as ${meant}; send it under that name.`);
    return [meant, member];
  });
  return { record: Object.fromEntries(entries), notes };
}

function guessed(value: Record<string, unknown>): ShapedSample {
  const outputName = OUTPUT_NAMES.find((name) => Object.hasOwn(value, name));
  if (outputName === undefined)
    return {
      record: { input: null, output: value },
      notes: ["The whole record was taken as the output.", NO_INPUT],
    };
  const rest = new Map(Object.entries(value));
  const take = (names: readonly string[], fits: (member: unknown) => boolean = () => true) => {
    const name = names.find((each) => rest.has(each) && fits(rest.get(each)));
    const member = name === undefined ? undefined : rest.get(name);
    if (name !== undefined) rest.delete(name);
    return name === undefined ? null : { name, member };
  };
  const output = take([outputName]);
  const input = take(INPUT_NAMES);
  const confidence = take(CONFIDENCE_NAMES, isShare);
  const id = take(ID_NAMES, (member) => typeof member === "string" && member !== "");
  const time = take(TIME_NAMES, (member) => typeof member === "string" && parseRfc3339(member) !== null);
  const model = take(["model"], (member) => typeof member === "string");
  const version = take(["model_version", "modelVersion", "version"], (member) => typeof member === "string");
  const segments = [...rest].filter(([name, member]) => isCategory(name, member)).slice(0, 32);
  for (const [name] of segments) rest.delete(name);
  // What else there is belongs to what reviewers should see, unless the input is something whole already.
  const given = input && !isPlainObject(input.member) && rest.size > 0;
  const whole = given ? { [input.name]: input.member, ...Object.fromEntries(rest) } : (input?.member ?? null);
  const record: SampleRecord = {
    ...(id ? { id: id.member } : {}),
    ...(time ? { occurred_at: time.member } : {}),
    input: whole,
    output: named(output),
    ...(model || version
      ? { model: { name: model?.member ?? "model", ...(version ? { version: version.member } : {}) } }
      : {}),
    ...(confidence ? { confidence: confidence.member } : {}),
    ...(segments.length > 0 ? { segments: Object.fromEntries(segments) } : {}),
    ...(given ? {} : Object.fromEntries(rest)),
  };
  const notes = [
    `${outputName} was taken as the output${input ? ` and ${input.name} as the input` : ""}.`,
    ...(segments.length > 0
      ? [`${segments.map(([name]) => name).join(", ")} could tell outputs apart: taken as segments.`]
      : []),
    ...(input ? [] : [NO_INPUT]),
  ];
  return { record, notes };
}

/** A bare label keeps its name: reviewers are asked for it by that. */
function named(output: { name: string; member: unknown } | null): unknown {
  if (!output) return null;
  const { name, member } = output;
  return isPlainObject(member) || name === "output" ? member : { [name]: member };
}

function isShare(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** One short word, or yes and no: its values may split the outputs into groups that fail differently. */
export function isCategory(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return true;
  if (typeof value !== "string" || value.length > LONGEST_SEGMENT || /(^|_)id$|name$/i.test(name))
    return false;
  return /^\p{L}[\p{L}\p{N}_-]*$/u.test(value);
}
