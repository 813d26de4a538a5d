/** An instant as the sender wrote it, for the database, and in milliseconds for arithmetic. */
export interface ParsedInstant {
  /** Normal form with up to six digits of a second, in UTC: what is stored. */
  text: string;
  milliseconds: number;
}

const FORM = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * RFC 3339 with a zone, read strictly: 30 February, 24:00, a leap second, a missing zone or "now" are refused, where Date and
 * PostgreSQL guess. Digits beyond microseconds are cut. Null for anything else.
 */
export function parseRfc3339(text: string): ParsedInstant | null {
  const [, day, time, digits = "", sign, hours = "0", minutes = "0"] = FORM.exec(text) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const local = localMilliseconds(day, time);
  if (local === null) return null;
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const seconds = offset === 0 ? `${day}T${time}` : new Date(local - offset).toISOString().slice(0, -5);
  // A zone can shift an instant beyond the years 0 to 9999.
  if (seconds.length !== 19) return null;
  const fraction = digits === "" ? "" : `.${digits.slice(0, 6)}`;
  return {
    text: `${seconds}${fraction}Z`,
    milliseconds: local - offset + Number(digits.padEnd(3, "0").slice(0, 3)),
  };
}

let knownDay = "";
let knownStart = 0;

/** Date turns 30 February into 2 March: what comes back must be what was sent. Records of a stream share their day. */
function localMilliseconds(day = "", time = ""): number | null {
  if (day !== knownDay) {
    const start = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return null;
    knownDay = day;
    knownStart = start;
  }
  const [hour, minute, second] = [Number(time.slice(0, 2)), Number(time.slice(3, 5)), Number(time.slice(6))];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return knownStart + ((hour * 60 + minute) * 60 + second) * 1000;
}
