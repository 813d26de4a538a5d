import { OTHER_VALUE } from "@/lib/core/segment-value";
import { MOST_STRATUM_VALUES, type StratumKey, stratumKey } from "@/lib/sampling/sampling-unit";
import type { Stream } from "./sampled-epoch";

/** A number for what decides the stratum of an output: cheaper to look up than the stratum's key. */
export interface StratumCodes {
  at(place: number, output: number): number;
  key(code: number): StratumKey;
}

const TRUTH = 8;
const FLAGGED = 4;
const PILOT = 2;
const CODES_OF_VALUE = 16;

/** The strata of a stream under a plan. Asked for in order of time, so that the first values to be seen have one of their own. */
export function stratumCodes({ history }: Stream, attribute: string | null): StratumCodes {
  const { pilot, flagged, scores } = history;
  const column = history.attributes.find(({ name }) => name === attribute);
  const keys = new Map<number, StratumKey>();
  const bound = valueBound();
  return {
    at(place, output) {
      const value = column ? 1 + (column.codes[output] ?? -1) : 0;
      const phase = pilot[place] === 1 ? PILOT : 0;
      const truth = phase === PILOT && !Number.isNaN(scores[output] ?? Number.NaN) ? TRUTH : 0;
      return CODES_OF_VALUE * value + truth + phase + (flagged[output] === 1 ? FLAGGED : 0);
    },
    key(code) {
      const known = keys.get(code);
      if (known) return known;
      const value = column?.values[Math.floor(code / CODES_OF_VALUE) - 1];
      const key = bound(stratumKey(unitOf(code, attribute, value), attribute));
      keys.set(code, key);
      return key;
    },
  };
}

function unitOf(code: number, attribute: string | null, value: string | undefined) {
  return {
    externalId: "",
    cluster: null,
    phase: code & PILOT ? ("PILOT" as const) : ("PRODUCTION" as const),
    segments: attribute !== null && value !== undefined ? { [attribute]: value } : {},
    flagged: (code & FLAGGED) !== 0,
    hasTruth: (code & TRUTH) !== 0,
    instant: new Date(0),
  };
}

/** As in ensure-strata.ts: values beyond the first ones of a phase share a stratum. */
function valueBound(): (key: StratumKey) => StratumKey {
  const values = new Map<string, Set<string>>();
  return (key) => {
    const name = `${key.phase}|${key.attribute}`;
    const admitted = values.get(name) ?? new Set<string>();
    values.set(name, admitted);
    if (!admitted.has(key.value) && admitted.size >= MOST_STRATUM_VALUES)
      return { ...key, value: OTHER_VALUE };
    admitted.add(key.value);
    return key;
  };
}
