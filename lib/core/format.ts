/** Number, date and interval formats of the whole product: one place, so that the same thing always looks the same. */

const integer = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** 12345 → "12,345" */
export function formatCount(value: number): string {
  return integer.format(value);
}

/** 1234567 → "1.2m"; for axes and tight cells. */
export function formatCompact(value: number): string {
  return compact.format(value).toLowerCase();
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

/** A calendar day "2026-03-02" → "2 Mar 2026" */
export function formatDay(day: string, options: { year?: boolean } = {}): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(options.year === false ? {} : { year: "numeric" }),
  }).format(new Date(`${day}T00:00:00Z`));
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
