import { formatCount, formatPercent } from "@/lib/core/format";
import { reasonSentence } from "@/lib/quarantine/reason";
import type { InputFacts } from "./input-schema";

/** Such records cannot be stored as outputs, whatever a contract says. */
const UNREADABLE =
  /^(PARSE_|ENVELOPE_|NUMBER_NOT|NUL_|LONE_|TOO_DEEP|TOO_MANY|DUPLICATE_KEY|KEY_TOO|RECORD_TOO|ID_TOO)/;

export function isUnreadable(code: string): boolean {
  return UNREADABLE.test(code);
}

interface BrokenContract {
  code: string;
  since: Date;
  records: number;
  hits: number;
  expected: number;
  paths: readonly { path: string; records: number }[];
}

/** What the incident of a breaker says, as it was when it opened. */
export function breakerFacts({ code, since, records, hits, expected, paths }: BrokenContract): InputFacts {
  const share = `${formatCount(hits)} of ${formatCount(records)} records (${formatPercent(hits / records, 0)})`;
  const usual = `The pilot led to expect ${expected === 0 ? "none" : `at most ${formatPercent(expected)}`}.`;
  const follows = isUnreadable(code)
    ? "They cannot be stored as outputs; each is kept in quarantine with its bytes."
    : "So many cannot all be exceptions: they are taken and flagged, and none is held back for this any more.";
  return {
    title: isUnreadable(code) ? "Records cannot be taken" : "The contract is broken",
    finding: `${reasonSentence(code)} This is so for ${share}. ${usual} ${follows}`,
    since: since.toISOString(),
    severity: "high",
    numbers: paths.slice(0, 12).map((each) => ({
      label: each.path,
      text: `${formatCount(each.records)} of ${formatCount(records)}`,
    })),
  };
}
