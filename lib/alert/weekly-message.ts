import type { Ctx } from "@/lib/core/ctx";
import { formatCount, formatDay, formatGap, formatInterval, formatPercent } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { measurementHealth } from "@/lib/estimate/measurement-health";
import { addDays, periodStart } from "@/lib/estimate/period";
import { accuracySeries } from "@/lib/estimate/queries";
import type { AccuracyGap, AccuracySeries } from "@/lib/estimate/schema";
import { incidentFinding, incidentTitle } from "@/lib/incident/incident-sentence";
import { listUrgentIncidents } from "@/lib/incident/queries";
import { type MessagePlace, plainMessage } from "./incident-message";
import { messagePlace } from "./route-alert";
import type { AlertMessage, WeeklyChart } from "./schema";

const WEEKS = 12;
/** Fewer reviews make no point of the line and no number of a headline. */
const FEWEST = 20;
const SHOWN_INCIDENTS = 5;

/**
 * The week in one message: accuracy of the last full week against the pilot, what is open, how reviewing goes, and twelve weeks as a
 * chart and in words.
 */
export async function weeklyMessage(ctx: Ctx): Promise<AlertMessage> {
  const thisWeek = periodStart(localDay(ctx.now, ctx.project.timeZone), "week");
  const from = addDays(thisWeek, -7 * WEEKS);
  const [series, incidents, health, place] = await Promise.all([
    accuracySeries(ctx, { periodKind: "week", from, to: addDays(thisWeek, -1) }),
    listUrgentIncidents(ctx, SHOWN_INCIDENTS),
    measurementHealth(ctx),
    messagePlace(ctx),
  ]);
  const chart = weeklyChart(series, from);
  const last = chart.weeks.at(-1);
  const lines = [
    lastWeekSentence(last, gapOf(series, last), chart.pilot),
    incidents.length === 0
      ? "No incident is open."
      : `${incidents.length === 1 ? "One incident is" : `${incidents.length} incidents are`} open.`,
    reviewSentence(health),
  ];
  return {
    ...plainMessage(
      `${place.project.name}: the week from ${formatDay(last?.start ?? from)}`,
      lines,
      place,
      "",
    ),
    severity: "info",
    chart,
    parts: [
      ...incidents.map((incident) => ({
        title: incidentTitle(incident),
        lines: [incidentFinding(incident)],
        link: incidentLink(place, incident.id),
      })),
      { title: "Accuracy by week", lines: chart.weeks.map(weekLine), link: null },
    ],
  };
}

function incidentLink({ origin, project }: MessagePlace, id: string): string | null {
  return origin ? `${origin}/${project.slug}/incident/${id}` : null;
}

/** Every week of the range, those without outputs too. */
function weeklyChart(series: AccuracySeries, from: string): WeeklyChart {
  const points = new Map(series.points.map((point) => [point.start, point]));
  const weeks = Array.from({ length: WEEKS }, (_, at) => {
    const start = addDays(from, 7 * at);
    const estimate = points.get(start)?.estimate ?? null;
    return {
      start,
      estimate: estimate && { mean: estimate.mean, low: estimate.low, high: estimate.high, n: estimate.n },
      few: estimate !== null && estimate.n < FEWEST,
    };
  });
  return { weeks, pilot: series.pilot?.estimate.mean ?? null };
}

type Week = WeeklyChart["weeks"][number];

/** Of a week whose reviews are there: before that its range would say too much. */
function gapOf({ points }: AccuracySeries, week: Week | undefined): AccuracyGap | null {
  const point = points.find(({ start }) => start === week?.start);
  return point?.state === "complete" ? point.gap : null;
}

function lastWeekSentence(week: Week | undefined, gap: AccuracyGap | null, pilot: number | null): string {
  const estimate = week?.estimate;
  if (!estimate) return "Nobody has judged an output of last week yet.";
  if (week.few)
    return `Last week has ${formatCount(estimate.n)} reviewed ${estimate.n === 1 ? "output" : "outputs"} so far: too few for a number.`;
  const against =
    gap === null || pilot === null ? "" : `, ${formatGap(gap)} against the pilot’s ${formatPercent(pilot)}`;
  return `Accuracy was ${formatPercent(estimate.mean)} (${formatInterval(estimate)}) last week${against}, from ${formatCount(estimate.n)} reviewed outputs.`;
}

function reviewSentence({
  reviewsLastWeek,
  reviewsPerWeek,
  waiting,
}: Awaited<ReturnType<typeof measurementHealth>>): string {
  const planned =
    reviewsPerWeek === null ? "" : ` of about ${formatCount(Math.round(reviewsPerWeek))} planned`;
  return `${formatCount(reviewsLastWeek)}${planned} reviews were done last week; ${formatCount(waiting)} wait.`;
}

/** "2 Mar: 92.1 % (88 to 95 %), 120 reviewed" */
function weekLine({ start, estimate, few }: Week): string {
  const day = formatDay(start);
  if (!estimate) return `${day}: not reviewed`;
  if (few) return `${day}: ${formatCount(estimate.n)} reviewed, too few for a number`;
  return `${day}: ${formatPercent(estimate.mean)} (${formatInterval(estimate)}), ${formatCount(estimate.n)} reviewed`;
}
