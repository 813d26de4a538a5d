export type TracestateProbability =
  | { probability: number; reason: null }
  | { probability: null; reason: "no-threshold" | "malformed-threshold" };

function thresholdOf(tracestate: string): string | null {
  for (const member of tracestate.split(",")) {
    const entry = member.trim();
    if (!entry.startsWith("ot=")) continue;
    for (const field of entry.slice(3).split(";")) if (field.startsWith("th:")) return field.slice(3);
    return null;
  }
  return null;
}

/**
 * Probability with which a source kept a trace, from the OpenTelemetry consistent-sampling threshold.
 *
 * Formula: T = the 1 to 14 lower-case hexadecimal digits after `th:` in the `ot=` entry, padded on the right
 * with zeros to 14 digits; π₁ = 1 − T / 2^56.
 *
 * @param tracestate the W3C tracestate header, e.g. `ot=th:c;rv:…,vendor=x`; may be empty.
 * @returns π₁ in (0, 1], or null with a reason: no threshold, or one that is not 1 to 14 hexadecimal digits.
 * @throws never: the header is foreign data.
 * @see OpenTelemetry specification, "TraceState: Probability Sampling", rejection threshold.
 * @example tracestateProbability("ot=th:c").probability // 0.25
 */
export function tracestateProbability(tracestate: string): TracestateProbability {
  const digits = thresholdOf(tracestate);
  if (digits === null) return { probability: null, reason: "no-threshold" };
  if (!/^[0-9a-f]{1,14}$/.test(digits)) return { probability: null, reason: "malformed-threshold" };
  const padded = digits.padEnd(14, "0");
  // Two halves of 28 bits: 2^56 − T would not fit into the 53 bits of a number before the one rounding.
  const high = Number.parseInt(padded.slice(0, 7), 16);
  const low = Number.parseInt(padded.slice(7), 16);
  return { probability: ((2 ** 28 - high) * 2 ** 28 - low) / 2 ** 56, reason: null };
}
