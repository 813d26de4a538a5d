const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** An instant as the sender wrote it, for the database, and in milliseconds for arithmetic. */
export interface ParsedInstant {
  /** Normal form with up to six digits of a second, in UTC: what is stored. */
  text: string;
  milliseconds: number;
}

/**
 * RFC 3339 with a zone, read strictly: 30 February, 24:00, a leap second, a missing zone or "now" are refused, where Date and
 * PostgreSQL guess. Digits beyond microseconds are cut. Null for anything else.
 */
export function parseRfc3339(text: string): ParsedInstant | null {
  if (text.length < 20 || text.length > 40) return null;
  if (text[4] !== "-" || text[7] !== "-" || text[13] !== ":" || text[16] !== ":") return null;
  if (text[10] !== "T" && text[10] !== "t") return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isDate || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  const zoneAt = fractionEnd(text);
  const offset = zoneAt < 0 ? null : zoneMinutes(text, zoneAt);
  if (offset === null) return null;
  const fraction = text.slice(20, zoneAt).slice(0, 6);
  const whole = utcMilliseconds(year, month - 1, day) + ((hour * 60 + minute - offset) * 60 + second) * 1000;
  const seconds = offset === 0 ? `${text.slice(0, 10)}T${text.slice(11, 19)}` : isoSeconds(whole);
  if (seconds === null) return null;
  const milliseconds = whole + Number(fraction.padEnd(3, "0").slice(0, 3));
  return { text: `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`, milliseconds };
}

/** Null beyond the years 0 to 9999, into which a zone can shift an instant. */
function isoSeconds(milliseconds: number): string | null {
  const iso = new Date(milliseconds).toISOString();
  return iso.length === 24 ? iso.slice(0, 19) : null;
}

/** Date.UTC reads the years 0 to 99 as 1900 to 1999. */
function utcMilliseconds(year: number, month: number, day: number): number {
  return year >= 100 ? Date.UTC(year, month, day) : new Date(0).setUTCFullYear(year, month, day);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] as number);
}

/** Where the zone begins; −1 when the fraction is malformed. */
function fractionEnd(text: string): number {
  if (text[19] !== ".") return 19;
  let at = 20;
  while (at < text.length && digits(text, at, at + 1) >= 0) at += 1;
  return at === 20 || at > 29 ? -1 : at;
}

function zoneMinutes(text: string, at: number): number | null {
  const sign = text[at];
  if ((sign === "Z" || sign === "z") && text.length === at + 1) return 0;
  if ((sign !== "+" && sign !== "-") || text.length !== at + 6 || text[at + 3] !== ":") return null;
  const hours = digits(text, at + 1, at + 3);
  const minutes = digits(text, at + 4, at + 6);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}
