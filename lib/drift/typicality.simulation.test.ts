import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { fastestMs } from "@/lib/testing/fastest";
import type { OutputFacts } from "./output-facts";
import { checkMarkedShare, typicalityScorer } from "./score-typicality";
import { FAULTS, madeClaim } from "./testing/made-claims";
import { fitTypicality, type TypicalityModel } from "./typicality-model";

function pilotOf(random: () => number, size: number) {
  return Array.from({ length: size }, (_, at) => ({ facts: madeClaim(random), cluster: `claim-${at}` }));
}

function modelOf(random: () => number, size: number): TypicalityModel {
  const fitted = fitTypicality(pilotOf(random, size));
  if (!fitted.on) throw new Error(fitted.sentence);
  return fitted.model;
}

function markedShare(model: TypicalityModel, outputs: readonly OutputFacts[]): number {
  const score = typicalityScorer(model);
  return outputs.filter((facts) => score(facts).marked).length / outputs.length;
}

it("marks about one in a hundred outputs that are like the pilot's, and most of those with a fault", () => {
  const random = seededRandom(61);
  const shares: number[] = [];
  const found: Record<string, number> = {};
  const pilots = 4;
  for (let pilot = 0; pilot < pilots; pilot += 1) {
    const model = modelOf(random, 3000);
    shares.push(
      markedShare(
        model,
        Array.from({ length: 10_000 }, () => madeClaim(random)),
      ),
    );
    for (const [fault, spoil] of Object.entries(FAULTS)) {
      const share = markedShare(
        model,
        Array.from({ length: 300 }, () => madeClaim(random, spoil)),
      );
      found[fault] = (found[fault] ?? 0) + share / pilots;
    }
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  report(
    `typicality: marks ${(100 * mean).toFixed(2)} % of faultless outputs (${shares.map((share) => (100 * share).toFixed(2)).join(", ")})`,
  );
  for (const [fault, share] of Object.entries(found))
    report(`typicality: ${fault}: ${(100 * share).toFixed(0)} % found`);
  expect(mean).toBeGreaterThan(0.005);
  expect(mean).toBeLessThan(0.017);
  for (const [fault, share] of Object.entries(found)) expect(share, fault).toBeGreaterThanOrEqual(0.6);
});

it("takes a running number for what it is: those that come after the pilot's are nothing unusual", () => {
  const random = seededRandom(66);
  const claim = (at: number): OutputFacts =>
    madeClaim(random, (input) => ({ ...input, number: `CL-${100_000 + at}` }));
  const fitted = fitTypicality(
    Array.from({ length: 3_000 }, (_, at) => ({ facts: claim(at), cluster: `claim-${at}` })),
  );
  if (!fitted.on) throw new Error(fitted.sentence);
  const later = Array.from({ length: 10_000 }, (_, at) => claim(3_000 + at));
  const share = markedShare(fitted.model, later);
  report(`typicality: marks ${(100 * share).toFixed(2)} % where only a running number has gone on`);
  expect(share).toBeGreaterThan(0.001);
  expect(share).toBeLessThan(0.025);
});

it("names what is out of the ordinary", () => {
  const random = seededRandom(62);
  const score = typicalityScorer(modelOf(random, 1000));
  const blamed = Object.entries(FAULTS).map(([fault, spoil]) => {
    for (;;) {
      const { marked, contributions } = score(madeClaim(random, spoil));
      if (marked) return [fault, contributions.flatMap(({ paths }) => paths)] as const;
    }
  });
  const expected = ["amount", "land", "kind", "currency", "text", "text"];
  for (const [at, [fault, paths]] of blamed.entries())
    expect(paths, fault).toContain(`/input/${expected[at]}`);
});

it("is off where the pilot is too small, and says so", () => {
  const fitted = fitTypicality(pilotOf(seededRandom(63), 150));
  expect(fitted).toMatchObject({ on: false });
  expect(fitted.on ? "" : fitted.sentence).toMatch(/^Off: the pilot has 150 outputs/);
});

it("survives JSON and scores the same", () => {
  const random = seededRandom(64);
  const model = modelOf(random, 600);
  const again = typicalityScorer(JSON.parse(JSON.stringify(model)));
  const score = typicalityScorer(model);
  for (let at = 0; at < 50; at += 1) {
    const facts = madeClaim(random, at % 2 === 0 ? FAULTS["value never seen"] : undefined);
    expect(again(facts)).toEqual(score(facts));
  }
});

it("tells when its own promise no longer holds", () => {
  expect(checkMarkedShare(9, 999)).toBeNull();
  expect(checkMarkedShare(22, 2000)?.holds).toBe(true);
  expect(checkMarkedShare(60, 2000)).toMatchObject({ holds: false });
});

it("takes some tens of microseconds an output", () => {
  const random = seededRandom(65);
  const score = typicalityScorer(modelOf(random, 1000));
  const outputs = Array.from({ length: 2000 }, () => madeClaim(random));
  for (const facts of outputs) score(facts);
  const fastest = fastestMs(() => outputs.map((facts) => score(facts)));
  const microseconds = (fastest * 1000) / outputs.length;
  report(`typicality: ${microseconds.toFixed(1)} µs an output of 15 fields`);
  expect(microseconds).toBeLessThan(400);
});
