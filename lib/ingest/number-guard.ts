/** A double holds every decimal of up to 15 digits. */
const SAFE_DIGITS = 15;
const MAX_DIGITS = 17;
const MAX_EXPONENT = 308;
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/**
 * What is wrong with a number whose grammar is right, or null. `text` is the number as sent. Accepted means: the number that is
 * read back is the one that was sent, or the double that printed it with up to 17 digits.
 */
export function numberFault(text: string): string | null {
  const { digits, exponent, plain } = decimalParts(text);
  if (Math.abs(exponent) > MAX_EXPONENT) return "an exponent of at most 308";
  if (digits.length > MAX_DIGITS) return "at most 17 significant digits";
  const value = Math.abs(Number(text));
  if (!Number.isFinite(value)) return "a number below 1.8e308";
  if (digits !== "" && value < SMALLEST_NORMAL) return "a number that is not rounded to zero";
  // Above 2^53 whole numbers have gaps: 9007199254740993 would be stored as …992.
  if (plain && digits.length > SAFE_DIGITS && value >= 2 ** 53 && shortestDigits(value) !== digits) {
    return "a whole number that is not rounded; send it as text";
  }
  return null;
}

/** How many digits PostgreSQL writes for it: it prints 1e300 in full. */
export function printedLength(text: string): number {
  const { exponent, digits } = decimalParts(text);
  return Math.abs(exponent) + digits.length;
}

function decimalParts(text: string): { digits: string; exponent: number; plain: boolean } {
  const unsigned = text.startsWith("-") ? text.slice(1) : text;
  const mark = unsigned.toLowerCase().indexOf("e");
  const mantissa = mark < 0 ? unsigned : unsigned.slice(0, mark);
  return {
    digits: significantDigits(mantissa.replace(".", "")),
    exponent: mark < 0 ? 0 : Number(unsigned.slice(mark + 1)),
    plain: mark < 0,
  };
}

function significantDigits(digits: string): string {
  let start = 0;
  let end = digits.length;
  while (start < end && digits[start] === "0") start += 1;
  while (end > start && digits[end - 1] === "0") end -= 1;
  return digits.slice(start, end);
}

function shortestDigits(value: number): string {
  return significantDigits((value.toExponential().split("e")[0] ?? "").replace(".", ""));
}
