import { expect } from "@playwright/test";
import type { JsonApi } from "./json-api";
import { judgeQueue } from "./judge";
import { KINDS, type Kind, letter, makeProject, TEXTS, type TestProject } from "./project";
import type { RecordBody } from "./sender";

const DAY_MS = 86_400_000;
const PILOT_PER_DAY = 30;
const PER_DAY = 24;
export const WEEKS = 4;
/** From this week on (the first is 0) the model misreads scanned letters; the others stay as they were. */
export const DROP_WEEK = 2;

export interface DegradedHistory extends TestProject {
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
    reviewsPerWeek: 110,
    expectedPerDay: PER_DAY,
  });
  const { slug, sender } = project;
  const first = firstMonday();
  const pilot = days(first, 7).flatMap((day) => lettersOf(day, "pilot", PILOT_PER_DAY, false));
  const weeks = Array.from({ length: WEEKS }, (_, week) => first + (week + 1) * 7 * DAY_MS);
  const production = weeks.flatMap((monday, week) =>
    days(monday, 7).flatMap((day) => lettersOf(day, "production", PER_DAY, week >= DROP_WEEK)),
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
  return { ...project, weeks: weeks.map(dayText), reviews };
}

/** What a careful reader says. */
export function readKind(_reference: string, input: unknown): { kind: Kind } {
  const { text } = input as { text: string };
  const kind = KINDS.find((each) => TEXTS[each] === text);
  if (!kind) throw new Error(`No kind of letter reads like this: ${text}`);
  return { kind };
}

function lettersOf(
  day: number,
  phase: "pilot" | "production",
  count: number,
  misread: boolean,
): RecordBody[] {
  return Array.from({ length: count }, (_, index) => {
    const channel = index % 2 === 0 ? "scan" : "mail";
    const truth = KINDS[index % KINDS.length] ?? "invoice";
    const number = (day / DAY_MS) * count + index;
    const wrong = number % 20 === 0 || (misread && channel === "scan" && Math.floor(number / 2) % 5 < 2);
    const answered = wrong ? (KINDS[(index + 1) % KINDS.length] ?? "order") : truth;
    return letter(`${phase}-${dayText(day)}-${index}`, truth, answered, {
      phase,
      occurred_at: new Date(day + 8 * 3_600_000 + index * 60_000).toISOString(),
      segments: { channel },
      model: { name: "mail-sorter", version: misread ? "2.4" : "2.3" },
      ...(phase === "pilot" ? { ground_truth: { kind: truth } } : {}),
    });
  });
}

/** So that the last production week ended with the last Sunday. */
function firstMonday(): number {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  return today - sinceMonday * DAY_MS - (WEEKS + 1) * 7 * DAY_MS;
}

function days(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => from + at * DAY_MS);
}

function dayText(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}
