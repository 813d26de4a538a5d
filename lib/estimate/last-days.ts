import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { addDays, daysBetween } from "./period";
import { readExtent } from "./read-cells";

export interface Days {
  /** Days of the project's zone, both belong to it. */
  from: string;
  to: string;
}

/** A stream that has rested for longer is looked at up to its last outputs, so that recorded history is not an empty window. */
const RESTED_DAYS = 14;

/** The last days of a project's calendar. They depend on the calendar and on traffic, never on labels. */
export async function lastDays({ db, project, now }: Ctx, days: number): Promise<Days> {
  const today = localDay(now, project.timeZone);
  const extent = await readExtent(db, project.id, { attribute: "", value: "" });
  const to = extent && addDays(extent.last, RESTED_DAYS) < today ? extent.last : today;
  return { from: addDays(to, 1 - days), to };
}

/** As many days just before. */
export function daysBefore({ from, to }: Days): Days {
  return { from: addDays(from, -daysBetween(from, to)), to: addDays(from, -1) };
}
