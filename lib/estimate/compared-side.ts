import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { cellEstimate } from "./cell-estimate";
import { pilotNow } from "./pilot-estimate";
import { readBusiest, readCells, segmentKey } from "./read-cells";
import { type AccuracyEstimate, type Segment } from "./schema";
import { storedEstimate } from "./stored-estimate";
import { shownEstimate } from "./shown-estimate";
import { tableWindow, windowBounds } from "./table-window";

export interface ComparedValue {
  population: number;
  estimate: AccuracyEstimate | null;
  /** Σ w² of the reviews that the population was added up from; absent where the traffic was counted. */
  squares?: number;
}

/** Traffic and accuracy of one side of a comparison, whole and by attribute and value. */
export interface ComparedSide {
  population: number;
  /** Null when nothing of it was judged. */
  estimate: AccuracyEstimate | null;
  values: Map<string, Map<string, ComparedValue>>;
  /** The pilot as it was frozen. */
  isFrozen: boolean;
}

export const MOST_VALUES = 200;

type Known = Segment & { population: number; estimate: AccuracyEstimate | null };

/** Production in some days. */
export async function productionSide(
  { db, project }: Ctx,
  days: { from: string; to: string },
  today: string,
): Promise<ComparedSide> {
  const window = tableWindow(days, today);
  const query = { phase: "PRODUCTION" as const, period: window.period, ...windowBounds(window) };
  const busiest = dividing(await readBusiest(db, project.id, query));
  const cells = await readCells(db, project.id, { ...query, segments: busiest, joined: true });
  const bySegment = groupBy(cells, segmentKey);
  const known = busiest.map(({ attribute, value, population }): Known => {
    const own = bySegment.get(segmentKey({ attribute, value })) ?? [];
    const { estimate } = cellEstimate(own.map(({ cell }) => cell));
    return { attribute, value, population, estimate: estimate ? shownEstimate(estimate) : null };
  });
  return sideOf(known, false);
}

/** The pilot as frozen last, else as it is now. */
export async function pilotSide({ db, project }: Ctx): Promise<ComparedSide> {
  const baseline = await db.baseline.findFirst({
    where: { projectId: project.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { segments: { select: { attribute: true, value: true, estimate: true, population: true } } },
  });
  if (baseline) {
    const frozen = baseline.segments.map(
      (row): Known => ({ ...row, estimate: storedEstimate(row.estimate) }),
    );
    return sideOf(frozen, true);
  }
  const busiest = dividing(await readBusiest(db, project.id, { phase: "PILOT", period: "month" }));
  const judged = await pilotNow(db, project.id, busiest);
  const estimates = new Map(judged.map((each) => [segmentKey(each), each.estimate]));
  return sideOf(
    busiest.map((each): Known => ({ ...each, estimate: estimates.get(segmentKey(each)) ?? null })),
    false,
  );
}

/** Without attributes of so many values that they are names rather than segments. */
function dividing<T extends Segment>(segments: readonly T[]): T[] {
  const byAttribute = groupBy(segments, ({ attribute }) => attribute);
  return segments.filter(({ attribute }) => (byAttribute.get(attribute)?.length ?? 0) <= MOST_VALUES);
}

function sideOf(known: readonly Known[], isFrozen: boolean): ComparedSide {
  const side: ComparedSide = { population: 0, estimate: null, values: new Map(), isFrozen };
  for (const { attribute, value, population, estimate } of known) {
    if (attribute === "") {
      Object.assign(side, { population, estimate });
      continue;
    }
    const own = side.values.get(attribute) ?? new Map();
    side.values.set(attribute, own);
    own.set(value, { population, estimate });
  }
  return side;
}
