import { formatDay } from "@/lib/core/format";
import type { Segment } from "@/lib/estimate/schema";
import type { IncidentMark } from "@/lib/incident/schema";

import type { StateSentence } from "./state-sentence";

/**
 * A period alone often shows no clear difference where monitoring, which adds periods up, has found one: what is open is said first.
 * @param unresolved incidents that nobody has resolved, of any segment
 */
export function withIncidents(
  sentence: StateSentence,
  unresolved: readonly IncidentMark[],
  segment: Segment,
): StateSentence {
  const open = unresolved.filter(({ standing }) => standing === "open" || standing === "acknowledged");
  const isHere = (mark: IncidentMark) =>
    mark.segment.attribute === segment.attribute && mark.segment.value === segment.value;
  const here = open.filter(isHere);
  const elsewhere = open.length - here.length;
  const [first] = here.toSorted((a, b) => a.day.localeCompare(b.day));
  const said: string[] = [];
  if (first)
    said.push(
      `Over a longer time there is a loss: since about ${formatDay(first.day)} accuracy has been below its boundary, and an incident is open.`,
    );
  if (elsewhere > 0)
    said.push(
      elsewhere === 1
        ? `${first ? "One more incident" : "An incident"} is open elsewhere: see the marks below.`
        : `${elsewhere} ${first ? "more incidents" : "incidents"} are open elsewhere: see the marks below.`,
    );
  if (said.length === 0) return sentence;
  return {
    ...sentence,
    state: first && sentence.state === "unclear" ? "below" : sentence.state,
    evidence: [...said, ...sentence.evidence],
  };
}
