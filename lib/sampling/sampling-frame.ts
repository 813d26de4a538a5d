import type { Db } from "@/lib/db/client";
import { samplingHasher } from "@/lib/stats/sampling-hash";
import { closeEpochs } from "./close-epoch";
import { ensureStrata, readStratumPlaces, type StratumPlace } from "./ensure-strata";
import { type Clock, openEpoch, type OpenEpoch, utcDay } from "./open-epoch";
import { type SamplingUnit, type StratumKey, stratumKey, stratumKeyText } from "./sampling-unit";
import { openSamplingSecret } from "./seal-sampling-secret";

/** The project as the sampling hash needs it. */
export interface SamplingProject {
  id: string;
  samplingScope: string;
  sealedSamplingSecret: string;
}

export interface FrameRequest {
  project: SamplingProject;
  /** RECORDED when the source is recorded history. */
  clock: Clock;
  /** Arrival (once) for LIVE, every occurredAt for RECORDED. */
  instants: readonly Date[];
}

export interface Placement {
  epochId: string;
  stratumId: string;
  /** In [0, 1), permanent. */
  randomNumber: number;
  /** By the rate known here; `insertSamples` decides by the rate in its transaction. */
  sampled: boolean;
  /** A second reviewer judges it as well, if it is sampled. */
  secondLook: boolean;
  /** Serving order among open slots: randomNumber / rate. */
  orderKey: number;
}

export interface SamplingFrame {
  /** Opens the strata of these outputs where they are new. Must have been awaited for a unit before `place(unit)`. */
  prepare(units: readonly SamplingUnit[]): Promise<void>;
  /** The sampling decision: pure, the same for the same output on every replica and retry. */
  place(unit: SamplingUnit): Placement;
}

interface EpochEntry {
  epoch: OpenEpoch & { projectId: string };
  places: Map<string, StratumPlace>;
  loadedAt: number;
  /** Ends when the strata that are being opened are open. */
  opening: Promise<void>;
}

const FRESH_MS = 5_000;
const MOST_ENTRIES = 2_000;
const entries = new Map<string, EpochEntry>();
const loading = new Map<string, Promise<EpochEntry>>();
const completeBefore = new Map<string, number>();
const hashers = new Map<string, { unit: (key: string) => number; second: (key: string) => number }>();

/**
 * The rates of the epochs in which the instants lie; epochs are opened when first seen. Call it and `prepare` before the ingest
 * transaction begins: both write in short transactions of their own. Safe under any number of processes.
 */
export async function openFrame(db: Db, request: FrameRequest): Promise<SamplingFrame> {
  const { project, clock } = request;
  const hasher = projectHasher(project);
  const byDay = new Map<number, EpochEntry>();
  const instants = distinctInstants(request);
  if (clock === "RECORDED") await closeDaysBefore(db, project.id, instants);
  for (const instant of instants) {
    byDay.set(dayOf(instant), await epochEntry(db, project.id, clock, instant));
  }
  const entryOf = (unit: SamplingUnit): EpochEntry => {
    const entry = byDay.get(dayOf(unit.instant));
    if (!entry) throw new Error("The frame was not opened for this instant.");
    return entry;
  };
  return {
    prepare: (units) => prepareStrata(db, units, entryOf),
    place(unit) {
      const { epoch, places } = entryOf(unit);
      const place = places.get(keyTextOf(unit, epoch.attribute));
      if (!place) throw new Error("The frame was not prepared for this output.");
      const randomNumber = hasher.unit(unit.cluster ?? unit.externalId);
      return {
        epochId: epoch.id,
        stratumId: place.stratumId,
        randomNumber,
        sampled: randomNumber < place.rate,
        // Asked for samples only, and as dear as the draw itself.
        get secondLook() {
          return hasher.second(unit.externalId) < epoch.doubleReviewShare;
        },
        orderKey: place.rate > 0 ? randomNumber / place.rate : Number.POSITIVE_INFINITY,
      };
    },
  };
}

/** A recorded stream that has moved on to a later day has completed the days before it. */
async function closeDaysBefore(db: Db, projectId: string, instants: readonly Date[]): Promise<void> {
  const first = instants[0] ? dayOf(instants[0]) : 0;
  if (first <= (completeBefore.get(projectId) ?? 0)) return;
  await closeEpochs(db, projectId, "RECORDED", new Date(first));
  completeBefore.set(projectId, first);
}

/** Forgets what this process knows of a project's epochs, so that a new plan counts at once. */
export function forgetFrames(projectId: string): void {
  for (const key of entries.keys()) if (key.startsWith(`${projectId}|`)) entries.delete(key);
}

function dayOf(instant: Date): number {
  return utcDay(instant).getTime();
}

function distinctInstants({ instants }: FrameRequest): Date[] {
  const perDay = new Map(instants.map((instant) => [dayOf(instant), instant]));
  return [...perDay.values()].sort((a, b) => a.getTime() - b.getTime());
}

/** Requests that come at once share one look-up: with many, each on its own would wait for the others' locks. */
async function epochEntry(db: Db, projectId: string, clock: Clock, instant: Date): Promise<EpochEntry> {
  const key = `${projectId}|${clock}|${dayOf(instant)}`;
  const known = entries.get(key);
  if (known && performance.now() - known.loadedAt < FRESH_MS && instant < known.epoch.endsAt) return known;
  const shared = loading.get(key);
  if (shared) {
    const entry = await shared;
    if (instant >= entry.epoch.startsAt && instant < entry.epoch.endsAt) return entry;
  }
  const load = loadEntry(db, projectId, clock, instant);
  loading.set(key, load);
  try {
    const entry = await load;
    if (entries.size >= MOST_ENTRIES) entries.clear();
    entries.set(key, entry);
    return entry;
  } finally {
    if (loading.get(key) === load) loading.delete(key);
  }
}

async function loadEntry(db: Db, projectId: string, clock: Clock, instant: Date): Promise<EpochEntry> {
  const epoch = await openEpoch(db, projectId, clock, instant);
  const places = await readStratumPlaces(db, projectId, epoch.id);
  return { epoch: { ...epoch, projectId }, places, loadedAt: performance.now(), opening: Promise.resolve() };
}

async function prepareStrata(
  db: Db,
  units: readonly SamplingUnit[],
  entryOf: (unit: SamplingUnit) => EpochEntry,
): Promise<void> {
  const asked = new Map<EpochEntry, Map<string, StratumKey>>();
  for (const unit of units) {
    const entry = entryOf(unit);
    const text = keyTextOf(unit, entry.epoch.attribute);
    if (entry.places.has(text)) continue;
    const key = stratumKey(unit, entry.epoch.attribute);
    const keys = asked.get(entry) ?? new Map<string, StratumKey>();
    asked.set(entry, keys.set(text, key));
  }
  for (const [entry, keys] of asked) {
    const opened = entry.opening.then(() => openMissing(db, entry, keys));
    entry.opening = opened.catch(() => undefined);
    await opened;
  }
}

const keyTexts = new Map<string, string>();

/** `stratumKeyText` of a unit: thousands of units share a few. */
function keyTextOf(unit: SamplingUnit, attribute: string | null): string {
  const value = attribute === null ? "" : (unit.segments[attribute] ?? "");
  // No text holds NUL, so nothing can be taken for something else.
  const short = `${unit.phase}|${unit.flagged}|${unit.hasTruth}|${attribute ?? ""}\0${value}`;
  let text = keyTexts.get(short);
  if (text === undefined) {
    text = stratumKeyText(stratumKey(unit, attribute));
    if (keyTexts.size >= MOST_ENTRIES) keyTexts.clear();
    keyTexts.set(short, text);
  }
  return text;
}

/** One after the other in this process; what the one before has opened is not asked for again. */
async function openMissing(db: Db, entry: EpochEntry, keys: ReadonlyMap<string, StratumKey>): Promise<void> {
  const missing = [...keys].filter(([text]) => !entry.places.has(text)).map(([, key]) => key);
  if (missing.length === 0) return;
  for (const [text, place] of await ensureStrata(db, entry.epoch, missing)) entry.places.set(text, place);
}

function projectHasher(project: SamplingProject) {
  const key = `${project.id}|${project.samplingScope}|${project.sealedSamplingSecret}`;
  let known = hashers.get(key);
  if (!known) {
    const scope = {
      secret: openSamplingSecret(project.id, project.sealedSamplingSecret),
      projectId: project.samplingScope,
    };
    known = {
      unit: samplingHasher({ ...scope, salt: "sample-v1" }),
      second: samplingHasher({ ...scope, salt: "double-v1" }),
    };
    if (hashers.size >= MOST_ENTRIES) hashers.clear();
    hashers.set(key, known);
  }
  return known;
}
