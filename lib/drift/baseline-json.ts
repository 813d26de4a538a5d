import * as z from "zod";
import type { Db } from "@/lib/db/client";
import { typicalityScorer } from "./score-typicality";
import type { FittedTypicality } from "./typicality-model";
import { type WindowCounts, windowCounter } from "./window-counts";
import { BIN_FORMATS } from "./feature";
import type { OutputFacts } from "./output-facts";

const numbers = z.array(z.number());
const bins = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("number"),
    edges: numbers,
    lowest: z.number(),
    highest: z.number(),
    spread: z.number(),
  }),
  z.object({
    kind: z.literal("category"),
    values: z.array(z.string()),
    rare: z.array(z.string()),
    newBins: z.number().default(1),
  }),
  z.object({ kind: z.literal("format"), format: z.enum(BIN_FORMATS) }),
]);
const feature = z.object({
  path: z.string(),
  measure: z.enum(["value", "length", "items"]),
  bins,
  baseline: numbers,
  designEffect: z.number(),
});

/** The column `features` of a baseline. */
export const storedFeatures = z.object({
  features: z.array(feature),
  /** Paths beyond the five hundred that are watched. */
  unwatched: z.number(),
  /** Mean size of the cluster that a pilot output stood in; 1 without clusters. */
  clusterSize: z.number(),
  /** Pilot outputs whose input had come before, with the same answer or another. */
  repeats: z.object({ same: z.number(), other: z.number() }).default({ same: 0, other: 0 }),
});
export type StoredFeatures = z.output<typeof storedFeatures>;

const typicality = z.discriminatedUnion("on", [
  z.object({
    on: z.literal(true),
    calibrated: z.number(),
    model: z.object({
      features: z.array(feature),
      surprise: z.array(numbers),
      usual: numbers,
      pairs: z.array(z.object({ first: z.number(), second: z.number(), surprise: numbers })),
      texts: z.array(
        z.object({
          path: z.string(),
          slots: numbers,
          typical: z.number(),
          spread: z.number(),
          oneDigit: z.boolean().optional(),
        }),
      ),
      calibration: z.object({ total: numbers, field: numbers, pair: numbers, least: numbers }),
    }),
  }),
  z.object({ on: z.literal(false), calibrated: z.number(), sentence: z.string() }),
]);

export interface ReadBaseline extends StoredFeatures {
  id: string;
  createdAt: Date;
  outputs: number;
  typicality: FittedTypicality;
  count: (counts: WindowCounts, facts: OutputFacts) => void;
  score: ReturnType<typeof typicalityScorer> | null;
}

/** Some 150 KB each; the one that was not asked for longest goes. */
const MOST_KEPT = 200;
const kept = new Map<string, ReadBaseline>();

/** The newest baseline of a project, ready to count and score; null before there is one. A baseline never changes, so it is read once. */
export async function readInputBaseline(db: Db, projectId: string): Promise<ReadBaseline | null> {
  const newest = await db.inputBaseline.findFirst({
    where: { projectId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  if (!newest) return null;
  const known = kept.get(newest.id);
  if (known) {
    kept.delete(newest.id);
    kept.set(newest.id, known);
    return known;
  }
  const row = await db.inputBaseline.findUniqueOrThrow({
    where: { projectId_id: { projectId, id: newest.id } },
  });
  const stored = storedFeatures.parse(row.features);
  const fitted = typicality.parse(row.typicality);
  const baseline: ReadBaseline = {
    ...stored,
    id: row.id,
    createdAt: row.createdAt,
    outputs: row.outputs,
    typicality: fitted,
    count: windowCounter(stored.features),
    score: fitted.on ? typicalityScorer(fitted.model) : null,
  };
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size >= MOST_KEPT) kept.delete(oldest);
  kept.set(row.id, baseline);
  return baseline;
}
