import type { Db } from "@/lib/db/client";
import { type ReadBaseline, readInputBaseline } from "./baseline-json";
import { binReader, plainFeature } from "./feature";
import { readFindings } from "./finding-queries";
import { type ArrivingOutput, arrivingFacts } from "./flag-unusual";
import { type OutputFacts, REPEAT_PATH, UNUSUAL_PATH } from "./output-facts";
import { raisedBins } from "./raised-bins";

type IsRaised = (facts: OutputFacts) => boolean;

const FRESH_MS = 5_000;
const MOST_ENTRIES = 1_000;
const entries = new Map<string, { loadedAt: number; value: Promise<IsRaised | null> }>();

/**
 * Marks production outputs that fall where an attribute has moved: they are drawn more often, as flagged ones are, with the probability
 * stored. A finding that opens or closes counts after five seconds; without one nothing is marked.
 */
export async function raiseMoved(
  db: Db,
  projectId: string,
  outputs: readonly ArrivingOutput[],
): Promise<void> {
  if (!outputs.some(({ phase }) => phase === "PRODUCTION")) return;
  const isRaised = await raisedNow(db, projectId);
  if (!isRaised) return;
  for (const output of outputs)
    output.raised = output.phase === "PRODUCTION" && isRaised(arrivingFacts(output));
}

function raisedNow(db: Db, projectId: string): Promise<IsRaised | null> {
  const known = entries.get(projectId);
  if (known && performance.now() - known.loadedAt < FRESH_MS) return known.value;
  if (entries.size >= MOST_ENTRIES) entries.clear();
  const entry = { loadedAt: performance.now(), value: readRaised(db, projectId) };
  entries.set(projectId, entry);
  entry.value.catch(() => {
    if (entries.get(projectId) === entry) entries.delete(projectId);
  });
  return entry.value;
}

async function readRaised(db: Db, projectId: string): Promise<IsRaised | null> {
  const baseline = await readInputBaseline(db, projectId);
  if (!baseline) return null;
  return raisedReader(
    baseline,
    raisedBins(await readFindings({ db, project: { id: projectId } }, baseline.id)),
  );
}

/** What no single output on its way in can be asked for: unusual ones are flagged anyway. */
const OWN_PATHS = new Set([UNUSUAL_PATH, REPEAT_PATH]);

/** Whether an output falls into one of these bins; null when there are none. */
export function raisedReader(
  { features }: Pick<ReadBaseline, "features">,
  raised: ReadonlyMap<number, ReadonlySet<number>>,
): IsRaised | null {
  const readers = [...raised].flatMap(([at, bins]) => {
    const feature = features[at];
    return feature && !OWN_PATHS.has(feature.path) ? [{ read: binReader(plainFeature(feature)), bins }] : [];
  });
  if (readers.length === 0) return null;
  return (facts) => readers.some(({ read, bins }) => bins.has(read(facts)));
}
