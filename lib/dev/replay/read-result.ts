import type { AccuracyPoint, AccuracyReply } from "@/lib/estimate/schema";
import type { IncidentList, IncidentRow } from "@/lib/incident/schema";
import type { MonitoringState } from "@/lib/monitor/schema";
import type { HttpClient } from "./http-client";

export interface ReplayPoint {
  /** Monday of the week. */
  week: string;
  estimate: number;
  low: number;
  high: number;
  n: number;
  effective_n: number;
  population: number;
}

/** A drop that the product has found. */
export interface ReplayIncident {
  attribute: string;
  value: string;
  /** Days on which it likely began and was found. */
  likely_start: string | null;
  found: string | null;
  /** Accuracy that must not be undershot, and accuracy since the likely start. */
  boundary: number;
  accuracy_since: number | null;
  reviews_since: number;
  /** Times that the threshold was reached. */
  alarms: number;
}

export interface ReplayResult {
  overall: ReplayPoint[];
  segments: { attribute: string; value: string; points: ReplayPoint[] }[];
  incidents: ReplayIncident[];
}

const POLL_MS = 500;
const PATIENCE_MS = 300_000;

/** Waits until every review that was stored is in the numbers. @throws Error when that takes more than five minutes */
export async function waitUntilFresh(machine: HttpClient, project: string): Promise<void> {
  await until(async () => {
    const series = await machine.get<AccuracyReply>(`/api/v1/projects/${project}/accuracy?segments=no`);
    return series.up_to_date;
  });
}

/** Waits until the monitors have seen all that is in the numbers. @throws Error when that takes more than five minutes */
export async function waitUntilEvaluated(machine: HttpClient, project: string): Promise<void> {
  await until(async () => {
    const { state } = await machine.get<{ state: MonitoringState }>(`/api/v1/projects/${project}/monitor`);
    return state.up_to_date;
  });
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await done())) {
    if (Date.now() > end)
      throw new Error("The numbers are not up to date after five minutes: is the worker running?");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What the product's own read interface says: per week, for the whole stream and for each segment value. */
export async function readResult(
  machine: HttpClient,
  project: string,
  window: { from: string; to: string },
): Promise<ReplayResult> {
  const query = new URLSearchParams({ ...window, period: "week" });
  const reply = await machine.get<AccuracyReply>(`/api/v1/projects/${project}/accuracy?${query}`);
  return {
    overall: reply.points.flatMap(replayPoint),
    segments: reply.segments.map(({ segment, points }) => ({
      ...segment,
      points: points.flatMap(replayPoint),
    })),
    incidents: await readIncidents(machine, project),
  };
}

/** All that were found, in the order of the days on which they were. */
async function readIncidents(machine: HttpClient, project: string): Promise<ReplayIncident[]> {
  const found: ReplayIncident[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const list: IncidentList = await machine.get<IncidentList>(
      `/api/v1/projects/${project}/incidents?sort=newest&limit=200${after && `&after=${after}`}`,
    );
    found.push(...list.incidents.flatMap(replayIncident));
    after = list.next;
  }
  return found.sort((a, b) => ((a.found ?? "") < (b.found ?? "") ? -1 : 1));
}

/** Only those about accuracy. */
function replayIncident(row: IncidentRow): ReplayIncident[] {
  if (row.boundary === null) return [];
  return [
    {
      ...row.segment,
      likely_start: row.change_day,
      found: row.alarm_day,
      boundary: row.boundary,
      accuracy_since: row.since?.mean ?? null,
      reviews_since: row.since?.n ?? 0,
      alarms: row.alarms,
    },
  ];
}

function replayPoint({ start, estimate, population }: AccuracyPoint): ReplayPoint[] {
  if (!estimate) return [];
  const { mean, low, high, n, effective_n } = estimate;
  return [{ week: start, estimate: mean, low, high, n, effective_n, population }];
}
