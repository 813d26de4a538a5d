import { OTHER_VALUE } from "./segment-value";

/** Number, date and interval formats of the whole product: one place, so that the same thing always looks the same. */

const integer = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4 });
const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** 12345 → "12,345" */
export function formatCount(value: number): string {
  return integer.format(value);
}

/** 1234567 → "1.2m"; for axes and tight cells. */
export function formatCompact(value: number): string {
  return compact.format(value).toLowerCase();
}

/** 0.42 → "0.4", 9.96 → "10", 12.3 → "12": small amounts keep a decimal, because 0.4 reviews a week are not none. */
export function formatFew(amount: number): string {
  return amount > 0 && amount < 10 ? String(Number(amount.toFixed(1))) : integer.format(amount);
}

/** 6293 → "6,300", 138 → "140", 7.3 → "7": two digits, for numbers that are known no better. */
export function formatRough(value: number): string {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1);
  return integer.format(Math.round(value / 10 ** digits) * 10 ** digits);
}

/** 0.12345, 2 → "0.12": a number that is neither a count nor a share; a point, and as many digits as are asked for. */
export function formatDecimal(value: number, digits: number): string {
  return value.toFixed(digits);
}

/** 1234.5678 → "1,235", 0.012345 → "0.01235": four digits that count, for measures of any size. */
export function formatSignificant(value: number): string {
  return significant.format(value);
}

/** 0.30000000000000004, 4 → 0.3: for fields of forms, where a person goes on writing. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** 1_400 → "1 KB", 2_340_000 → "2.3 MB" */
export function formatBytes(bytes: number): string {
  return bytes < 100_000
    ? `${Math.max(1, Math.round(bytes / 1_000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** 0.8642 → "86.4 %"; `digits` after the point, one by default. */
export function formatPercent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** 0.042 → "4.2 %", 0.00042 → "0.042 %", 1 → "100 %": small rates keep two digits, and only certainty is 100 %. */
export function formatProbability(probability: number): string {
  const percent = probability * 100;
  if (percent <= 0) return "0 %";
  if (percent >= 100) return "100 %";
  const digits = Math.max(1, 1 - Math.floor(Math.log10(percent)));
  return `${Math.min(Number(percent.toFixed(Math.min(digits, 12))), 99.9)} %`;
}

/** 0.78, 0.92 → "78 to 92 %" */
export function formatInterval(interval: { low: number; high: number }, digits = 0): string {
  return `${(interval.low * 100).toFixed(digits)} to ${(interval.high * 100).toFixed(digits)} %`;
}

/** −0.064 → "−6.4 points": differences of accuracies are points, never percent of percent. */
export function formatPoints(difference: number, digits = 1): string {
  const points = (difference * 100).toFixed(digits);
  const unsigned = points.replace("-", "");
  if (Number(points) === 0) return `±${unsigned} points`;
  return `${difference < 0 ? "−" : "+"}${unsigned} points`;
}

/** "−7.9 points (−10.1 to −5.7)": a difference never goes without its range. */
export function formatGap({
  difference,
  low,
  high,
}: {
  difference: number;
  low: number;
  high: number;
}): string {
  const bare = (value: number) => formatPoints(value).replace(" points", "");
  return `${formatPoints(difference)} (${bare(low)} to ${bare(high)})`;
}

/** 0.05 → "5 points", 0.01 → "1 point", 0.125 → "12.5 points": the size of a difference. */
export function formatDrop(difference: number): string {
  const points = Number((difference * 100).toFixed(1));
  return points === 1 ? "1 point" : `${points} points`;
}

/** A calendar day "2026-03-02" → "2 Mar 2026" */
export function formatDay(day: string, options: { year?: boolean } = {}): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(options.year === false ? {} : { year: "numeric" }),
  }).format(new Date(`${day}T00:00:00Z`));
}

/** "2026-03-02" → "March 2026" */
export function formatMonth(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** "2026-03-02" → "Monday" */
export function formatWeekday(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** The time of day of an instant in the project's zone → "14:05" */
export function formatTime(instant: Date | string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(new Date(instant));
}

/** An instant in the project's zone → "2 Mar 2026, 14:05" */
export function formatInstant(instant: Date | string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(new Date(instant));
}

/** 3725 seconds → "1 h 2 min"; 47 → "47 s" */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** 40 of 100 after 20 s → ", about 30 s left": at the pace so far; nothing before there is a pace, or when it is done. */
export function formatLeft({
  done,
  total,
  seconds,
}: {
  done: number;
  total: number;
  seconds: number;
}): string {
  if (done <= 0 || done >= total) return "";
  return `, about ${formatDuration(Math.ceil((Math.max(0, seconds) / done) * (total - done)))} left`;
}

/** 5400 seconds → "1 h 30 min", 260,000 → "3 days": times that people take; hours no longer help after two days. */
export function formatWait(seconds: number): string {
  return seconds < 172_800 ? formatDuration(seconds) : `${Math.round(seconds / 86_400)} days`;
}

/** 0.4 → "3 days", 1.2 → "2 weeks", 70 → "16 months", 600 → "over 10 years"; rounded up, because it is waited for. */
export function formatWeeks(weeks: number): string {
  const [count, unit] =
    weeks <= 1
      ? [Math.max(1, Math.ceil(weeks * 7)), "day"]
      : weeks <= 26
        ? [Math.ceil(weeks), "week"]
        : weeks <= 104
          ? [Math.ceil(weeks / (52 / 12)), "month"]
          : [Math.ceil(weeks / 52), "year"];
  if (unit === "year" && count > 10) return "over 10 years";
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The value of a segment. */
export function formatSegmentValue(value: string): string {
  if (value === OTHER_VALUE) return "all other values";
  return value === "" ? "(empty)" : value;
}
