import { expect } from "@playwright/test";
import { readKind } from "./degraded-history";
import type { JsonApi } from "./json-api";
import { judgeQueue } from "./judge";
import { KINDS, letter, makeProject } from "./project";
import type { RecordBody } from "./sender";

const DAY_MS = 86_400_000;
const PILOT_DAYS = 8;
const DAYS = 8;
const PER_DAY = 20;
/** From this day of production on (the first is 0) most scanned letters are misread. */
const DROP_DAY = 4;

export interface IncidentRow {
  id: string;
  segment: { attribute: string; value: string };
  change_day: string;
  standing: string;
}

export interface SuddenDrop {
  slug: string;
  /** Found by the product itself: one of the scanned letters, one of all outputs. */
  scan: IncidentRow;
  overall: IncidentRow;
  dropDay: string;
}

/**
 * A mail room in which every letter is reviewed, and in which a new version suddenly misreads seven of ten scanned ones. Waits until
 * the monitors have found it.
 */
export async function makeSuddenDrop(
  manager: JsonApi,
  baseURL: string,
  beforeDrop: (slug: string) => Promise<void> = async () => {},
): Promise<SuddenDrop> {
  const { slug, sender } = await makeProject(manager, baseURL, {
    name: "Sudden mail room",
    recordedHistory: true,
    reviewsPerWeek: 7 * PER_DAY,
    expectedPerDay: PER_DAY,
    secondLooks: 0,
  });
  const first = Math.floor(Date.now() / DAY_MS) * DAY_MS - (PILOT_DAYS + DAYS) * DAY_MS;
  const dropDay = first + (PILOT_DAYS + DROP_DAY) * DAY_MS;
  const records = Array.from({ length: (PILOT_DAYS + DAYS) * PER_DAY }, (_, at) => makeLetter(at, first));
  const before = (PILOT_DAYS + DROP_DAY) * PER_DAY;
  await sender.post("/api/v1/releases", {
    model: { name: "mail-sorter", version: "3.0" },
    released_at: new Date(dropDay).toISOString(),
  });
  // The good days are reviewed first, as they would have been at the time.
  for (const [at, part] of [records.slice(0, before), records.slice(before)].entries()) {
    if (at === 1) await beforeDrop(slug);
    const receipt = await sender.outputs(part);
    expect(receipt).toMatchObject({ received: part.length, accepted: part.length });
    await sender.post("/api/v1/epochs/close", {});
    await judgeQueue(manager, slug, readKind);
  }
  const found = await untilFound(manager, slug);
  return { slug, ...found, dropDay: new Date(dropDay).toISOString().slice(0, 10) };
}

async function untilFound(api: JsonApi, slug: string): Promise<Pick<SuddenDrop, "scan" | "overall">> {
  let rows: IncidentRow[] = [];
  const of = (value: string) => rows.find(({ segment }) => segment.value === value);
  await expect
    .poll(
      async () => {
        ({ incidents: rows } = await api.get<{ incidents: IncidentRow[] }>(
          `/api/v1/projects/${slug}/incidents`,
        ));
        return [of("scan")?.standing, of("")?.standing];
      },
      { timeout: 120_000 },
    )
    .toEqual(["open", "open"]);
  const [scan, overall] = [of("scan"), of("")];
  if (!scan || !overall) throw new Error("The incidents were there a moment ago.");
  return { scan, overall };
}

/** Two of a hundred are wrong, and after the drop seven of ten scanned ones. */
function makeLetter(at: number, first: number): RecordBody {
  const day = Math.floor(at / PER_DAY);
  const number = at % PER_DAY;
  const phase = day < PILOT_DAYS ? "pilot" : "production";
  const channel = number % 2 === 0 ? "scan" : "mail";
  const misread = day >= PILOT_DAYS + DROP_DAY && channel === "scan" && number % 20 < 14;
  const truth = KINDS[at % KINDS.length] ?? "invoice";
  const wrong = misread || at % 50 === 7;
  return letter(`${phase}-${at}`, truth, wrong ? (KINDS[(at + 1) % KINDS.length] ?? "order") : truth, {
    phase,
    occurred_at: new Date(first + day * DAY_MS + 8 * 3_600_000 + number * 600_000).toISOString(),
    segments: { channel },
    model: { name: "mail-sorter", version: day >= PILOT_DAYS + DROP_DAY ? "3.0" : "2.9" },
    ...(phase === "pilot" ? { ground_truth: { kind: truth } } : {}),
  });
}
