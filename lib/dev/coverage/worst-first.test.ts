import { describe, expect, test, vi } from "vitest";
import { FEWEST_FOR_OWN_BOUNDARY, FEWEST_PILOT_REVIEWS, pilotLow80 } from "@/lib/monitor/pilot-rule";
import { FEWEST_OBSERVATIONS, rankSlices } from "@/lib/monitor/rank-slices";
import { readSlices } from "@/lib/monitor/read-slices";
import { type SliceCounts, sliceAccuracy, sliceCounts, sliceKey } from "@/lib/monitor/slice-counts";
import { evidenceFromCounts } from "@/lib/stats/evidence-from-counts";
import { pilotBoundary } from "@/lib/stats/pilot-boundary";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { hasRecordedSets, type RecordedSet, readRecordedSet, recordedFolder } from "./recorded-set";
import { type MemorySample, sampleInMemory } from "./sample-in-memory";
import { sampleRecorded } from "./sample-recorded";
import { memoryPilot, type MemoryWindow, memoryWindow } from "./slices-in-memory";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 900_000 });
const DRAWS = Number(process.env.ASSAY_WORST_DRAWS || 50);
const ALL = 10_000;
const WINDOWS = [ALL, 90, 30];

const present = hasRecordedSets();
if (!present) report(`worst segments are not searched: there are no recorded sets in ${recordedFolder()}`);

/** Values of the segments that are worst by truth.json: two areas, two groups of makers with their makes. */
const WORST: Record<string, readonly string[]> = {
  "airbnb-listings": ["Surf Coast", "Greater Geelong"],
  "nhtsa-recall-documents": ["Honda", "ACURA", "HONDA", "JLR", "LAND ROVER", "JAGUAR"],
};

type Named = Pick<SliceCounts, "parts">;
const nameOf = ({ parts }: Named) => parts.map(({ value }) => value).join(" + ");

function searchWindow(sample: MemorySample, { samples, traffic }: MemoryWindow) {
  const pilot = memoryPilot(sample, FEWEST_PILOT_REVIEWS);
  const boundaryOf = ({ mean, n }: { mean: number; n: number }) =>
    pilotBoundary({ mean, low80: pilotLow80({ mean, effectiveN: n, unauditedShare: 0 }) });
  const boundary = boundaryOf(pilot.get(sliceKey([])) ?? { mean: 1, n: 1 });
  const large = [...pilot].filter(([, { n }]) => n >= FEWEST_FOR_OWN_BOUNDARY);
  const ownBoundaries = new Map(large.map(([key, each]) => [key, boundaryOf(each)]));
  const slices = sliceCounts(samples);
  const means = new Map([...pilot].map(([key, each]) => [key, each.mean]));
  const ranking = rankSlices({ slices, boundary, ownBoundaries, pilot: means, traffic });
  const judged = slices.filter(
    ({ parts, observations }) => parts.length > 0 && observations >= FEWEST_OBSERVATIONS,
  );
  return { ranking, judged, boundary };
}

type Searched = ReturnType<typeof searchWindow>;

/** The slice with the strongest evidence against the boundary, as the search was published. */
function strongest({ judged, boundary }: Searched): SliceCounts | undefined {
  const largest = Math.max(...judged.flatMap(({ classes }) => classes.map(({ weight }) => weight)));
  const scored = judged.map((slice) => {
    const classes = slice.classes.map((each) => ({ ...each, weight: each.weight / largest }));
    return { slice, log: evidenceFromCounts(classes, 1 - boundary) };
  });
  return scored.sort((a, b) => b.log - a.log)[0]?.slice;
}

interface Tally {
  /** Draws; those in which one of the worst has enough reviews; of these those in which something is found. */
  draws: number;
  enough: number;
  found: number;
  /** One of the worst is first: in the list, by the evidence against the boundary alone, by the lowest accuracy. */
  first: number;
  byEvidence: number;
  byAccuracy: number;
  names: Map<string, number>;
}

const emptyTally = (): Tally => ({
  draws: 0,
  enough: 0,
  found: 0,
  first: 0,
  byEvidence: 0,
  byAccuracy: 0,
  names: new Map(),
});

function addSearch(tally: Tally, worst: readonly string[], searched: Searched): void {
  const { ranking, judged } = searched;
  const isWorst = (named: Named | undefined) =>
    Boolean(named?.parts.some(({ value }) => worst.includes(value)));
  tally.draws += 1;
  if (!judged.some(isWorst)) return;
  tally.enough += 1;
  const [first] = ranking.findings;
  if (!first) return;
  tally.found += 1;
  tally.names.set(nameOf(first), (tally.names.get(nameOf(first)) ?? 0) + 1);
  const byAccuracy = judged.toSorted((a, b) => sliceAccuracy(a) - sliceAccuracy(b))[0];
  tally.first += Number(isWorst(first));
  tally.byEvidence += Number(isWorst(strongest(searched)));
  tally.byAccuracy += Number(isWorst(byAccuracy));
}

function tell(what: string, tally: Tally): void {
  const { draws, enough, found, first, byEvidence, byAccuracy } = tally;
  const names = [...tally.names].sort((a, b) => b[1] - a[1]).slice(0, 4);
  report(
    `${what}: ${enough} of ${draws} draws have enough reviews of the worst, ${found} find something, ${first} name one of them first ` +
      `(by evidence alone ${byEvidence}, by lowest accuracy ${byAccuracy}); ${names.map(([name, times]) => `${name} ${times}`).join(", ")}`,
  );
}

const inWords = (days: number) => (days === ALL ? "all of production" : `last ${days} days`);
const campaignOf = (input: unknown) => (input as { campaign: string }).campaign;

function withCampaigns(set: RecordedSet): RecordedSet {
  return { ...set, records: set.records.map((record) => ({ ...record, cluster: campaignOf(record.input) })) };
}

/** Every draw is sampled once and searched in each window. */
function searchDraws(set: RecordedSet, windows: readonly number[], campaigns?: ReadonlyMap<string, string>) {
  const tallies = new Map(windows.map((days) => [days, emptyTally()]));
  for (let seed = 1; seed <= DRAWS; seed += 1) {
    const sample = sampleInMemory(set, { seed, reviewsPerWeek: 100, attribute: null });
    const clusterOf = campaigns && ((output: number) => campaigns.get(set.records[output]?.id ?? "") ?? null);
    for (const [days, tally] of tallies)
      addSearch(tally, WORST[set.name] ?? [], searchWindow(sample, memoryWindow(sample, days, clusterOf)));
  }
  return tallies;
}

describe.skipIf(!present)("recorded streams at 100 reviews a week", () => {
  test("the path without a database has the very slices of the product", async () => {
    const set = await readRecordedSet("nhtsa-recall-documents");
    const options = { seed: 3, reviewsPerWeek: 150, attribute: "makerGroup", weeks: 7 };
    const { project } = await sampleRecorded({ db, pool }, set, options);
    const query = {
      from: "2026-02-02",
      to: "2026-02-22",
      attributes: ["make", "makerGroup", "recallKind"],
      within: [],
    };
    const stored = await readSlices(db, project.id, query);
    const memory = sliceCounts(memoryWindow(sampleInMemory(set, options), ALL).samples);
    const table = (slices: readonly SliceCounts[]) =>
      new Map(
        slices.map((slice) => [
          sliceKey(slice.parts),
          [slice.observations, slice.mass.toFixed(6), sliceAccuracy(slice).toFixed(9)],
        ]),
      );
    expect(table(stored)).toEqual(table(memory));
    expect(stored.length).toBeGreaterThan(80);
  });

  test.each(["airbnb-listings", "nhtsa-recall-documents"])(
    "%s: with every label one of the worst is first in every window",
    async (name) => {
      const set = await readRecordedSet(name);
      const sample = sampleInMemory(set, { seed: 1, reviewsPerWeek: 1_000_000, attribute: null });
      for (const days of [ALL, 180, 90, 60, 30]) {
        const searched = searchWindow(sample, memoryWindow(sample, days));
        const { ranking } = searched;
        expect(WORST[name], `${days} days`).toContain(ranking.findings[0]?.parts[0]?.value);
        // The evidence against the boundary alone puts others first: the broadest, or those that were as bad in the pilot.
        const [first] = ranking.findings;
        const other = strongest(searched);
        report(
          `${name}, every label, ${inWords(days)}: ${first ? nameOf(first) : "nothing"} (by evidence alone ${other ? nameOf(other) : "nothing"})`,
        );
      }
    },
  );

  test.each(["airbnb-listings", "nhtsa-recall-documents"])(
    "%s: one of the worst is named first",
    async (name) => {
      const tallies = searchDraws(await readRecordedSet(name), WINDOWS);
      for (const [days, tally] of tallies) tell(`${name}, ${inWords(days)}`, tally);
      const all = tallies.get(ALL);
      expect(all?.enough).toBe(DRAWS);
      expect(all?.first).toBeGreaterThanOrEqual(0.9 * DRAWS);
      // Planted control: the obvious order, the lowest accuracy first, names small slices.
      expect(all?.byAccuracy).toBeLessThan(0.5 * DRAWS);
    },
  );

  test("nhtsa with its campaigns as clusters is searched in campaigns, not in documents", async () => {
    const set = await readRecordedSet("nhtsa-recall-documents");
    const campaigns = new Map(set.records.map(({ id, input }) => [id, campaignOf(input)]));
    const counted = searchDraws(set, [ALL, 90], campaigns);
    for (const [days, tally] of counted)
      tell(`nhtsa, ${inWords(days)}, documents drawn one by one and counted by campaign`, tally);
    expect(counted.get(ALL)?.first).toBeGreaterThanOrEqual(0.9 * (counted.get(ALL)?.enough ?? DRAWS));
    const declared = searchDraws(withCampaigns(set), [ALL, 90]);
    for (const [days, tally] of declared) tell(`nhtsa, ${inWords(days)}, campaigns drawn as a whole`, tally);
    // A campaign is one observation: at 100 documents a week few makers have 20 of them.
    expect(declared.get(ALL)?.enough).toBeLessThan(0.5 * DRAWS);
  });
});
