import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { allTrafficEstimate, FEWEST_HELD, heldEstimate } from "./all-traffic";
import { cellEstimate, type StratumCell } from "./cell-estimate";
import type { Days } from "./last-days";
import { type Phase, readCells } from "./read-cells";
import type { AccuracyEstimate, Segment } from "./schema";
import { shownEstimate } from "./shown-estimate";
import { tableWindow, windowBounds } from "./table-window";

/** Accuracy on accepted and on all traffic of some days, side by side. */
export interface TrafficFigures extends Days {
  accepted: { records: number; estimate: AccuracyEstimate | null };
  all: { records: number; estimate: AccuracyEstimate | null };
  /** In quarantine and not sent again: what people can judge, and how often they have. */
  held: { records: number; reviews: number; estimate: AccuracyEstimate | null };
  /** In quarantine, and nobody can judge it. */
  unreadable: number;
  /** So many reviews of quarantine are needed for a number. */
  fewestReviews: number;
}

const WHOLE: Segment = { attribute: "", value: "" };

/** Of the whole stream or one segment. The headline and the monitors go on with accepted traffic: quarantine is what the contract keeps out of it. */
export async function trafficFigures(
  ctx: Ctx,
  days: Days,
  segment: Segment = WHOLE,
): Promise<TrafficFigures> {
  const [accepted, held, unreadable] = await Promise.all([
    readParts(ctx, "PRODUCTION", { days, segment }),
    readParts(ctx, "HELD", { days, segment }),
    // Of a record that nobody can read, nobody knows the segment.
    segment.attribute === "" ? countUnreadable(ctx, days) : 0,
  ]);
  const recordsOf = (cells: readonly StratumCell[]) => cells.reduce((sum, cell) => sum + cell.population, 0);
  const shown = ({ estimate }: Pick<ReturnType<typeof cellEstimate>, "estimate">) =>
    estimate && shownEstimate(estimate);
  const inQuarantine = heldEstimate(held);
  return {
    ...days,
    accepted: { records: recordsOf(accepted), estimate: shown(cellEstimate(accepted)) },
    all: {
      records: recordsOf(accepted) + recordsOf(held) + unreadable,
      estimate: shown(allTrafficEstimate({ accepted, held, unreadable })),
    },
    held: {
      records: recordsOf(held),
      reviews: held.reduce((sum, { sums }) => sum + sums.n, 0),
      estimate: inQuarantine && shown(inQuarantine),
    },
    unreadable,
    fewestReviews: FEWEST_HELD,
  };
}

async function readParts(
  ctx: Ctx,
  phase: Phase,
  { days, segment }: { days: Days; segment: Segment },
): Promise<StratumCell[]> {
  const window = tableWindow(days, localDay(ctx.now, ctx.project.timeZone));
  const cells = await readCells(ctx.db, ctx.project.id, {
    phase,
    period: window.period,
    ...windowBounds(window),
    segments: [segment],
    joined: true,
  });
  return cells.map(({ cell }) => cell);
}

const countRow = z.tuple([z.object({ records: z.number() })]);

/** By arrival, as nobody knows when they happened; what nobody has looked at yet is among them. */
export async function countUnreadable({ db, project }: Ctx, { from, to }: Days): Promise<number> {
  const [{ records }] = countRow.parse(
    await db.$queryRaw`
      SELECT count(*)::int AS records FROM quarantine
      WHERE project_id = ${project.id}::uuid AND kind = 'output' AND state <> 'RELEASED'
        AND (counted_as IS NULL OR counted_as = 'unreadable')
        AND received_at >= ${from}::date::timestamp AT TIME ZONE ${project.timeZone}
        AND received_at < (${to}::date + 1)::timestamp AT TIME ZONE ${project.timeZone}`,
  );
  return records;
}
