import type { OutputFacts } from "@/lib/drift/output-facts";

/** Standard normal number from two uniform ones. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const REGIONS = ["north", "south", "east", "west", "centre", "coast", "islands"];

function skewed(random: () => number, values: readonly string[]): string {
  return values[Math.floor(values.length * random() ** 2)] ?? "";
}

/**
 * An output with twenty attributes: ten numbers (some skewed, some with few values), nine categories (some with many rare values, some
 * with holes) and a confidence. `shift` moves the number "moved" by so many standard deviations.
 */
export function madeOutput(random: () => number, shift = 0): OutputFacts {
  const input: Record<string, unknown> = { moved: Math.round(1000 * (normal(random) + shift)) / 1000 };
  for (let at = 1; at < 6; at += 1) input[`amount${at}`] = Math.exp(normal(random)).toFixed(2);
  for (let at = 0; at < 4; at += 1) input[`count${at}`] = Math.floor(8 * random() ** (1 + at));
  for (let at = 0; at < 4; at += 1) input[`region${at}`] = skewed(random, REGIONS.slice(at));
  for (let at = 0; at < 3; at += 1)
    input[`code${at}`] = random() < 0.05 * at ? null : `c${Math.floor(40 * random() ** 3)}`;
  input.member = random() < 0.3;
  const output = { label: random() < 0.9 ? "no" : "yes" };
  return { input, output, confidence: 1 - random() ** 3 / 2, environment: null, latencyMs: null };
}
