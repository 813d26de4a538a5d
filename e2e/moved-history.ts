import { expect } from "@playwright/test";
import type { JsonApi } from "./json-api";
import { KINDS, letter, makeProject, type TestProject } from "./project";
import type { RecordBody } from "./sender";

const DAY_MS = 86_400_000;
const PER_DAY = 40;
const PILOT_DAYS = 7;
const USUAL_DAYS = 6;
const MOVED_DAYS = 8;

export interface MovedHistory extends Omit<TestProject, "sender"> {
  /** The day from which on letters come by fax, which the pilot never had, and misread. */
  movedOn: string;
}

/** A mail room whose inputs change one day: a quarter of the letters comes by fax, without pages, and two of five of them are misread. */
export async function makeMovedHistory(manager: JsonApi, baseURL: string): Promise<MovedHistory> {
  const { sender, ...known } = await makeProject(manager, baseURL, {
    name: "Fax room",
    recordedHistory: true,
    reviewsPerWeek: 140,
    expectedPerDay: PER_DAY,
  });
  await manager.patch(`/api/v1/projects/${known.slug}`, { truth_coverage: "COMPLETE" });
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const first = today - (PILOT_DAYS + USUAL_DAYS + MOVED_DAYS) * DAY_MS;
  const production = Array.from({ length: (USUAL_DAYS + MOVED_DAYS) * PER_DAY }, (_, number) =>
    made(number, { first: first + PILOT_DAYS * DAY_MS, moved: number >= USUAL_DAYS * PER_DAY }),
  );
  const pilot = Array.from({ length: PILOT_DAYS * PER_DAY }, (_, number) => {
    const record = made(number, { first, moved: false });
    return {
      ...record,
      id: `pilot-${number}`,
      phase: "pilot" as const,
      ground_truth: { kind: truthOf(number) },
    };
  });
  await sender.outputs(pilot);
  // Day by day, as it would have come: rates follow what the days before brought.
  for (let at = 0; at < production.length; at += PER_DAY) {
    const receipt = await sender.outputs(production.slice(at, at + PER_DAY));
    expect(receipt.received).toBe(PER_DAY);
  }
  await sender.post("/api/v1/epochs/close", {});
  await sender.post("/api/v1/ground-truth", {
    batch: production.map(({ id }, number) => ({ id, ground_truth: { kind: truthOf(number) } })),
  });
  const movedOn = new Date(first + (PILOT_DAYS + USUAL_DAYS) * DAY_MS).toISOString().slice(0, 10);
  return { ...known, movedOn };
}

function truthOf(number: number) {
  return KINDS[number % KINDS.length] ?? "invoice";
}

/** What a letter is depends on its number only. */
function made(number: number, { first, moved }: { first: number; moved: boolean }): RecordBody {
  const fax = moved && number % 4 === 1;
  const wrong = fax ? number % 5 < 2 : number % 20 === 7;
  const answered = wrong ? (KINDS[(number + 1) % KINDS.length] ?? "order") : truthOf(number);
  const at = first + Math.floor(number / PER_DAY) * DAY_MS + 8 * 3_600_000 + (number % PER_DAY) * 600_000;
  const channel = fax ? "fax" : number % 3 === 0 ? "scan" : "mail";
  const { input, ...record } = letter(`letter-${number}`, truthOf(number), answered, {
    occurred_at: new Date(at).toISOString(),
    segments: { channel },
    confidence: 0.6 + ((number * 37) % 40) / 100,
  });
  const pages = fax && number % 8 === 1 ? null : 1 + ((number * number) % 7);
  // No two letters are the same.
  const text = `${(input as { text: string }).text} No. ${String((number * 37) % 1_000).padStart(3, "0")}`;
  return { ...record, output: { kind: answered }, input: { text, channel, pages } };
}
