import { expect } from "@playwright/test";
import type { JsonApi } from "./json-api";
import { judgeQueue } from "./judge";
import { KINDS, type Kind, letter, makeProject, TEXTS, type TestProject } from "./project";
import type { RecordBody } from "./sender";

const DAY_MS = 86_400_000;
const PILOT_PER_DAY = 30;
const PER_DAY = 20;
const REVIEWS_PER_WEEK = 70;
export const WEEKS = 4;
/** From this week on (the first is 0) the model misreads scanned letters; the others stay as they were. */
export const DROP_WEEK = 2;

export interface DegradedHistory extends Omit<TestProject, "sender"> {
  /** Mondays of the production weeks, oldest first. */
  weeks: string[];
  reviews: number;
}

/**
 * A mail room whose model is right in 19 of 20 letters, until a release after which it misreads two of five scanned ones. The pilot
 * comes with its truth; what production put out is reviewed by two people.
 */
export async function makeDegradedHistory(
  manager: JsonApi,
  reviewer: { api: JsonApi; email: string },
  baseURL: string,
): Promise<DegradedHistory> {
  const project = await makeProject(manager, baseURL, {
    name: "Silent mail room",
    recordedHistory: true,
    reviewsPerWeek: REVIEWS_PER_WEEK,
    expectedPerDay: PER_DAY,
  });
  const { sender, ...known } = project;
  const { slug } = known;
  const first = firstMonday();
  const weeks = Array.from({ length: WEEKS }, (_, week) => first + (week + 1) * 7 * DAY_MS);
  const pilot = Array.from({ length: 7 * PILOT_PER_DAY }, (_, number) =>
    makeLetter(number, { phase: "pilot", at: instantOf(first, number, PILOT_PER_DAY), misread: false }),
  );
  const production = Array.from({ length: WEEKS * 7 * PER_DAY }, (_, number) =>
    makeLetter(number, {
      phase: "production",
      at: instantOf(first + 7 * DAY_MS, number, PER_DAY),
      misread: number >= DROP_WEEK * 7 * PER_DAY,
    }),
  );
  for (const records of [pilot, production]) {
    const receipt = await sender.outputs(records);
    expect(receipt).toMatchObject({ received: records.length, accepted: records.length });
  }
  await sender.post("/api/v1/releases", {
    model: { name: "mail-sorter", version: "2.4" },
    released_at: new Date(weeks[DROP_WEEK] ?? 0).toISOString(),
  });
  await sender.post("/api/v1/epochs/close", {});
  await manager.post(`/api/v1/projects/${slug}/members`, { email: reviewer.email, role: "REVIEWER" });
  let reviews = 0;
  for (const api of [reviewer.api, manager]) reviews += await judgeQueue(api, slug, readKind);
  return { ...known, weeks: weeks.map(dayText), reviews };
}

/** What a careful reader says. */
export function readKind(_reference: string, input: unknown): { kind: Kind } {
  const { text } = input as { text: string };
  const kind = KINDS.find((each) => TEXTS[each] === text);
  if (!kind) throw new Error(`No kind of letter reads like this: ${text}`);
  return { kind };
}

interface LetterFacts {
  phase: "pilot" | "production";
  at: number;
  misread: boolean;
}

/** Ids and answers depend on the number only: the same letters are drawn and misread on whatever day the test runs. */
function makeLetter(number: number, { phase, at, misread }: LetterFacts): RecordBody {
  const channel = number % 2 === 0 ? "scan" : "mail";
  const truth = KINDS[number % KINDS.length] ?? "invoice";
  const half = Math.floor(number / 2);
  const wrong = half % 20 === 7 || (misread && channel === "scan" && half % 5 < 2);
  const answered = wrong ? (KINDS[(number + 1) % KINDS.length] ?? "order") : truth;
  return letter(`${phase}-${number}`, truth, answered, {
    phase,
    occurred_at: new Date(at).toISOString(),
    segments: { channel },
    model: { name: "mail-sorter", version: misread ? "2.4" : "2.3" },
    ...(phase === "pilot" ? { ground_truth: { kind: truth } } : {}),
  });
}

/** From eight in the morning on, a letter every ten minutes. */
function instantOf(first: number, number: number, perDay: number): number {
  return first + Math.floor(number / perDay) * DAY_MS + 8 * 3_600_000 + (number % perDay) * 600_000;
}

/** So that the last production week ended with the last Sunday. */
function firstMonday(): number {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  return today - sinceMonday * DAY_MS - (WEEKS + 1) * 7 * DAY_MS;
}

function dayText(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}
