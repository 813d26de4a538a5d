import { formatCount, formatDecimal, formatPercent } from "@/lib/core/format";
import type { InputFindingCode, InputFindingFacts } from "@/lib/drift/input-finding-schema";
import { MOST_COUNTED_VALUES } from "@/lib/estimate/fold-counts";
import { MOST_STRATUM_VALUES } from "@/lib/sampling/sampling-unit";
import type { InputFacts } from "./input-schema";

interface Found {
  code: InputFindingCode;
  /** What it is about, as its code writes it. */
  subject: string;
  since: Date;
  facts: InputFindingFacts;
}

/** What the incident of a finding says, as it was when it was noticed. */
export function findingFacts({ code, subject, since, facts }: Found): InputFacts {
  const common = { code, since: since.toISOString(), severity: "low" as const };
  switch (facts.kind) {
    case "volume":
      return { ...common, ...volumeWords(facts) };
    case "labels":
      return { ...common, ...labelWords(facts) };
    case "segments":
      return { ...common, ...segmentWords(subject, facts) };
  }
}

type Of<K extends InputFindingFacts["kind"]> = Extract<InputFindingFacts, { kind: K }>;
type Words = Pick<InputFacts, "title" | "finding" | "numbers">;

function volumeWords({ per, count, usual }: Of<"volume">): Words {
  const less = count < usual;
  const times = less ? "" : ` That is ${formatTimes(count / Math.max(1, usual))} as much.`;
  return {
    title: less ? "Less comes in than in the pilot" : "More comes in than in the pilot",
    finding: `In the newest whole ${per} ${records(count)} came; in the pilot it was about ${formatCount(usual)} at that time of the week.${times} ${
      less
        ? "Either less happens there, or a part of it is not sent any more."
        : "Either more happens there, or something is sent more than once."
    }`,
    numbers: [
      { label: `Newest whole ${per}`, text: formatCount(count) },
      { label: "In the pilot, about", text: formatCount(usual) },
    ],
  };
}

function formatTimes(times: number): string {
  return `${times < 10 ? formatDecimal(times, 1) : formatCount(Math.round(times))} times`;
}

const records = (count: number) => `${formatCount(count)} ${count === 1 ? "record" : "records"}`;

function labelWords({ of, days, outputs, in_time: inTime, pilot_share: pilot }: Of<"labels">): Words {
  const what = of === "truth" ? "truth" : "review";
  const age = days === 1 ? "a day" : `${days} days`;
  const share = outputs === 0 ? 0 : inTime / outputs;
  return {
    title: of === "truth" ? "Truths come late" : "Reviews come late",
    finding: `Of ${formatCount(outputs)} outputs that are more than ${age} old, ${formatPercent(share, 0)} had a ${what} within ${age}; in the pilot it was ${formatPercent(pilot, 0)}. Until the others come, the accuracy of these days rests on fewer of them.`,
    numbers: [
      { label: `With a ${what} within ${age}`, text: `${formatCount(inTime)} of ${formatCount(outputs)}` },
      { label: "In the pilot", text: formatPercent(pilot, 0) },
    ],
  };
}

function segmentWords(attribute: string, { values, examples }: Of<"segments">): Words {
  const name = attribute.slice(0, 100);
  const many = `${formatCount(values)}${values < MOST_COUNTED_VALUES ? "" : " or more"}`;
  return {
    title: `${name} has too many values for a segment`,
    finding: `Outputs of the newest two days have ${many} different values of ${name}. An attribute that hardly repeats, such as a number of a customer, divides the outputs into parts that are too small to say anything: at most ${MOST_STRATUM_VALUES} of its values are drawn apart and ${formatCount(MOST_COUNTED_VALUES)} of each sampling period have a number of their own, the others one together. Send it as part of the input, or send something coarser.`,
    numbers: [
      { label: "Different values", text: many },
      ...(examples.length > 0 ? [{ label: "For example", text: examples.join(", ").slice(0, 500) }] : []),
    ],
  };
}
