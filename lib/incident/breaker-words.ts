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

const MOST_SAID = 4;

/** What the incident of an episode says: of its first code, and of those that the same change broke as well. */
export function breakerFacts(breakers: readonly BrokenContract[]): InputFacts {
  const [first, ...others] = breakers;
  if (!first) throw new RangeError("An episode has a breaker.");
  const unreadable = breakers.every(({ code }) => isUnreadable(code));
  return {
    code: "MASS_VIOLATION",
    title: unreadable ? "Records cannot be taken" : "The contract is broken",
    finding: `${others.length === 0 ? oneFinding(first) : severalFindings(breakers)} ${followsOf(breakers)}`,
    since: first.since.toISOString(),
    severity: "high",
    numbers: breakers
      .flatMap(({ code, paths, records }) =>
        paths.map(({ path, records: hits }) => ({
          label: others.length === 0 ? path : `${path}: ${reasonSentence(code)}`.slice(0, 500),
          text: `${formatCount(hits)} of ${formatCount(records)}`,
        })),
      )
      .slice(0, 12),
  };
}

function oneFinding({ code, records, hits, expected }: BrokenContract): string {
  const usual = `The pilot led to expect ${expected === 0 ? "none" : `at most ${formatPercent(expected)}`}.`;
  return `${reasonSentence(code)} This is so for ${shareWords({ hits, records })}. ${usual}`;
}

function severalFindings(breakers: readonly BrokenContract[]): string {
  const said = breakers
    .slice(0, MOST_SAID)
    .map((breaker) => `${reasonSentence(breaker.code).replace(/\.$/, "")}: ${shareWords(breaker)}.`);
  const more = breakers.length - said.length;
  const rest = more > 0 ? ` And ${formatCount(more)} more.` : "";
  return `One change breaks ${formatCount(breakers.length)} rules at once, mostly in the same records. ${said.join(" ")}${rest}`;
}

function shareWords({ hits, records }: Pick<BrokenContract, "hits" | "records">): string {
  return `${formatCount(hits)} of ${formatCount(records)} records (${formatPercent(hits / records, 0)})`;
}

function followsOf(breakers: readonly BrokenContract[]): string {
  const lost = breakers.filter(({ code }) => isUnreadable(code)).length;
  if (lost === breakers.length)
    return "They cannot be stored as outputs; each is kept in quarantine with its bytes.";
  const taken =
    "So many cannot all be exceptions: they are taken and flagged, and none is held back for this any more.";
  return lost === 0 ? taken : `${taken} What cannot be read is kept in quarantine all the same.`;
}

/** What stands on the timeline of a code that came later. */
export function joinedSentence(breaker: Pick<BrokenContract, "code" | "hits" | "records">): string {
  return `${reasonSentence(breaker.code)} This is so for ${shareWords(breaker)}.`;
}
