import type { OutputFacts } from "@/lib/drift/output-facts";

const LANDS = [
  { land: "FR", currency: "EUR", language: "fr", scale: 1 },
  { land: "SE", currency: "SEK", language: "sv", scale: 11 },
  { land: "PL", currency: "PLN", language: "pl", scale: 4 },
  { land: "HU", currency: "HUF", language: "hu", scale: 390 },
  { land: "CH", currency: "CHF", language: "de", scale: 1 },
];
const PARTS = ["windscreen", "left door", "rear bumper", "roof", "front light", "gear box", "side mirror"];
const CAUSES = ["hail", "a parking accident", "a collision with a deer", "vandalism", "a fallen tree"];
const KINDS = ["glass", "body", "engine", "interior", "theft"];

type Claim = Record<string, unknown> & { text: string; amount: number };

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(values.length * random() ** 1.5)] as T;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function madeInput(random: () => number): Claim {
  const { land, currency, language, scale } = pick(random, LANDS);
  const age = Math.round(18 + 60 * random());
  const part = pick(random, PARTS);
  return {
    land,
    currency,
    language,
    amount: Math.round(100 * scale * Math.exp(6 + 0.8 * normal(random))) / 100,
    age,
    licensedYears: Math.max(0, age - 18 - Math.floor(5 * random())),
    kind: pick(random, KINDS),
    part,
    mileage: Math.round(200_000 * random()),
    photos: Array.from({ length: 1 + Math.floor(5 * random()) }, () => "photo"),
    member: random() < 0.6,
    postcode: String(10_000 + Math.floor(80_000 * random())),
    text: `The ${part} was damaged by ${pick(random, CAUSES)} near ${pick(random, ["the station", "the school", "the harbour", "home"])}, ${pick(random, ["please call back", "repair is urgent", "the garage has seen it", "photos are attached"])}. Reported ${1 + Math.floor(28 * random())} days later.`,
  };
}

/** A claim as it should be: fields that depend on each other, a text made of few phrases. */
export function madeClaim(random: () => number, spoil?: (input: Claim) => Claim): OutputFacts {
  const input = madeInput(random);
  const confidence = 1 - random() ** 2 / 2;
  const output = { label: pick(random, ["pay", "check", "refuse"]) };
  return { input: spoil ? spoil(input) : input, output, confidence, environment: null, latencyMs: 200 };
}

/** Six things that go wrong between a form and a model. */
export const FAULTS: Record<string, (input: Claim) => Claim> = {
  "amount in another unit": (input) => ({ ...input, amount: 100 * input.amount }),
  "field gone": (input) => ({ ...input, land: undefined }),
  "value never seen": (input) => ({ ...input, kind: "GLASS_V2" }),
  "fields that do not go together": (input) => ({
    ...input,
    currency: input.currency === "EUR" ? "SEK" : "EUR",
  }),
  "text in a wrong encoding": (input) => ({ ...input, text: input.text.replaceAll(/[aeiou]/g, "Ã©") }),
  "text cut off": (input) => ({ ...input, text: input.text.slice(0, 12) }),
};
