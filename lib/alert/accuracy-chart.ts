import { formatDay, formatPercent } from "@/lib/core/format";
import type { WeeklyChart } from "./schema";

const WIDTH = 1_104;
const HEIGHT = 420;
const LEFT = 92;
const RIGHT = 84;
const TOP = 24;
const BOTTOM = 64;
/** Distances of the lines of the scale; of these the first that makes few enough. */
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2];
const MOST_LINES = 6;
const INK = "#18181b";
const MUTED = "#71717a";
const LINE = "#2563eb";

/**
 * Accuracy by week as an SVG picture: a point with its range for each week, a gap where nobody reviewed anything, hollow points where
 * there are too few reviews, the pilot as a dashed line. The scale need not begin at zero and is written on the axis.
 */
export function accuracyChart({ weeks, pilot }: WeeklyChart): string {
  const known = weeks.flatMap(({ estimate }) => (estimate ? [estimate.low, estimate.high] : []));
  const values = [...known, ...(pilot === null ? [] : [pilot])];
  const { low, high, step } = scaleOf(Math.min(...values, 0.99), Math.max(...values, 0.1));
  const x = (at: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (at + 0.5)) / Math.max(1, weeks.length);
  const y = (value: number) => TOP + ((HEIGHT - TOP - BOTTOM) * (high - value)) / Math.max(0.01, high - low);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Geist, sans-serif" font-size="22">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    axis(low, high, step, y),
    pilot === null ? "" : pilotLine(pilot, y),
    weeks.map(({ start }, at) => (at % everyNth(weeks.length) === 0 ? weekLabel(start, x(at)) : "")).join(""),
    trend(weeks, x, y),
    weeks.map(({ estimate, few }, at) => (estimate ? point(estimate, few, x(at), y) : "")).join(""),
    "</svg>",
  ].join("");
}

type Scale = (value: number) => number;

/** Round ends and a round step around the values. */
function scaleOf(least: number, most: number): { low: number; high: number; step: number } {
  const step = STEPS.find((each) => (most - least) / each <= MOST_LINES - 1) ?? 0.2;
  const low = Math.max(0, Math.floor(least / step) * step);
  return { low, high: Math.max(low + step, Math.min(1, Math.ceil(most / step) * step)), step };
}

function axis(low: number, high: number, step: number, y: Scale): string {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => {
    const value = low + step * at;
    const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#e4e4e7" stroke-width="2"/>`;
    return `${line}<text x="${LEFT - 12}" y="${y(value) + 8}" text-anchor="end" fill="${MUTED}">${formatPercent(value, 0)}</text>`;
  }).join("");
}

function pilotLine(pilot: number, y: Scale): string {
  const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(pilot)}" y2="${y(pilot)}" stroke="${MUTED}" stroke-width="3" stroke-dasharray="10 8"/>`;
  return `${line}<text x="${WIDTH - RIGHT + 10}" y="${y(pilot) + 8}" fill="${MUTED}">pilot</text>`;
}

function weekLabel(start: string, x: number): string {
  return `<text x="${x}" y="${HEIGHT - 24}" text-anchor="middle" fill="${MUTED}">${formatDay(start, { year: false })}</text>`;
}

/** At most seven labels, so that none touches the next. */
function everyNth(weeks: number): number {
  return Math.max(1, Math.ceil(weeks / 7));
}

/** Joins neighbours only: a week without reviews, or with too few, breaks the line. */
function trend(weeks: WeeklyChart["weeks"], x: Scale, y: Scale): string {
  return weeks
    .flatMap(({ estimate, few }, at) => {
      const before = weeks[at - 1];
      if (!estimate || few || !before?.estimate || before.few) return [];
      return `<line x1="${x(at - 1)}" y1="${y(before.estimate.mean)}" x2="${x(at)}" y2="${y(estimate.mean)}" stroke="${LINE}" stroke-width="4"/>`;
    })
    .join("");
}

function point(
  estimate: { mean: number; low: number; high: number },
  few: boolean,
  x: number,
  y: Scale,
): string {
  const range = `<line x1="${x}" x2="${x}" y1="${y(estimate.low)}" y2="${y(estimate.high)}" stroke="${LINE}" stroke-opacity="0.45" stroke-width="6"/>`;
  const fill = few ? "#ffffff" : LINE;
  return `${range}<circle cx="${x}" cy="${y(estimate.mean)}" r="9" fill="${fill}" stroke="${few ? LINE : INK}" stroke-width="${few ? 4 : 0}"/>`;
}
