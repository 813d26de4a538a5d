import { inferContract, profileOf } from "@/lib/contract/infer-contract";
import type { KeyedFacts, RecordFacts } from "@/lib/contract/record-facts";
import { seededRandom } from "@/lib/stats/seeded-random";
import { soundRecord } from "./mutate-record";

const random = seededRandom(4);
const pilot = Array.from({ length: 400 }, (_, at): KeyedFacts => {
  const { input, output } = soundRecord(`p${at}`, random) as unknown as RecordFacts;
  return { key: `p${at}`, facts: { input, output } };
});

/** What a pilot of sound records leads to: the label "refuse" is held back. */
export const soundContract = inferContract(profileOf(pilot), pilot);

/** The same contract after somebody has allowed that label. */
export const contractWithRefuse = {
  rules: soundContract.rules.map((rule) =>
    rule.rule === "labels"
      ? { ...rule, values: [...rule.values, "refuse"], origin: "edited" as const }
      : rule,
  ),
};
