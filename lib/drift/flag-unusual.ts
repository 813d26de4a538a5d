import { setImmediate as breathe } from "node:timers/promises";
import { pointerValue } from "@/lib/core/json-pointer";
import type { Db } from "@/lib/db/client";
import type { Reason, ReasonCode } from "@/lib/quarantine/reason";
import { type ReadBaseline, readInputBaseline } from "./baseline-json";
import type { OutputFacts } from "./output-facts";

/** An output on its way in, as far as its typicality goes. */
export interface ArrivingOutput {
  phase: "PILOT" | "PRODUCTION" | "HELD";
  /** The parsed record. */
  sent: object;
  confidence: number | null;
  flags: ReasonCode[];
  reasons: Reason[];
  segments: Readonly<Record<string, string>>;
  /** Drawn more often although nothing is wrong with it. */
  raised: boolean;
}

const CODE = "OOD_LOW_TYPICALITY";
const FRESH_MS = 5_000;
/** As many baselines as are kept: these hold on to them. */
const MOST_ENTRIES = 200;
/** At some 10 µs each, that keeps everybody else waiting for a few milliseconds. */
const TURN = 500;
const MOST_REASONS = 32;

const entries = new Map<string, { loadedAt: number; value: Promise<ReadBaseline | null> }>();

/** A new baseline counts after five seconds. */
function baselineInForce(db: Db, projectId: string): Promise<ReadBaseline | null> {
  const known = entries.get(projectId);
  if (known && performance.now() - known.loadedAt < FRESH_MS) return known.value;
  if (entries.size >= MOST_ENTRIES) entries.clear();
  const entry = { loadedAt: performance.now(), value: readInputBaseline(db, projectId) };
  entries.set(projectId, entry);
  entry.value.catch(() => {
    if (entries.get(projectId) === entry) entries.delete(projectId);
  });
  return entry.value;
}

/**
 * Flags production outputs that are out of the ordinary, with the three fields that make them so: before the sampling decision, so that they
 * are drawn more often, with the probability stored. Nothing happens without a pilot that is large enough.
 */
export async function flagUnusual(
  db: Db,
  projectId: string,
  outputs: readonly ArrivingOutput[],
): Promise<void> {
  if (outputs.every(({ phase }) => phase === "PILOT")) return;
  const score = (await baselineInForce(db, projectId))?.score;
  if (!score) return;
  for (const [at, output] of outputs.entries()) {
    if (at % TURN === TURN - 1) await breathe();
    if (output.phase === "PILOT") continue;
    const { marked, contributions } = score(arrivingFacts(output));
    if (!marked) continue;
    output.flags.push(CODE);
    for (const { paths, observed } of contributions) {
      if (output.reasons.length >= MOST_REASONS) break;
      output.reasons.push({
        code: CODE,
        path: paths[0] ?? "",
        observed: observed.join(", "),
        expected: paths.length > 1 ? `what goes with ${paths[1]} in the pilot` : "as in the pilot",
      });
    }
  }
}

export function arrivingFacts({ sent, confidence, segments }: ArrivingOutput): OutputFacts {
  const latency = pointerValue(sent, "/telemetry/latency_ms");
  return {
    input: pointerValue(sent, "/input"),
    output: pointerValue(sent, "/output"),
    confidence,
    environment: pointerValue(sent, "/environment") ?? null,
    latencyMs: typeof latency === "number" ? latency : null,
    segments,
  };
}
