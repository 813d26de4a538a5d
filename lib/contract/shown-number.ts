/** A number in as few digits as tell it: limits are inferred, and their seventeenth digit says nothing. */
export function shownNumber(value: number | null): string {
  if (value === null) return "any";
  return Number.isInteger(value) && Math.abs(value) < 1e15
    ? String(value)
    : String(Number(value.toPrecision(6)));
}
