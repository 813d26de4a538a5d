import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { readRecordedStream, type RecordedOutput } from "@/lib/dev/replay/recorded-stream";
import { report } from "@/lib/testing/console";
import { type DriftFinding } from "./drift-findings";
import { fitWatched } from "./fit-features";
import { meanClusterSize } from "./mean-cluster-size";
import { type DatedFacts, findingsOf, followRecords } from "./testing/follow-records";

type Fields = Record<string, unknown>;
interface Expected {
  feature: string;
  /** True of an output in which the change shows. */
  changed: (input: Fields) => boolean;
  /** It has begun on the first day with more than this share of such outputs. */
  above: number;
}

const isEmpty = (value: unknown) => value === null || value === "";
const EXPECTED: Record<string, Expected[]> = {
  "airbnb-listings": [
    {
      feature: "/input/review_scores_rating",
      changed: ({ review_scores_rating: score }) => !isEmpty(score) && Number(score) <= 5,
      above: 0.4,
    },
    {
      feature: "/input/property_type",
      changed: ({ property_type: type }) => /residential|rental unit/.test(String(type)),
      above: 0.3,
    },
    {
      feature: "/input/property_type",
      changed: ({ property_type: type }) => type === "Entire home",
      above: 0.3,
    },
    {
      feature: "/input/amenities#length",
      changed: ({ amenities }) => amenities === "[]",
      above: 0.5,
    },
    { feature: "/input/bedrooms", changed: ({ bedrooms }) => isEmpty(bedrooms), above: 0.5 },
    { feature: "/input/beds", changed: ({ beds }) => isEmpty(beds), above: 0.08 },
    { feature: "/input/bathrooms", changed: ({ bathrooms }) => !isEmpty(bathrooms), above: 0.5 },
  ],
  "bank-marketing": [
    { feature: "/input/contact", changed: ({ contact }) => contact !== "unknown", above: 0.5 },
    { feature: "/input/poutcome", changed: ({ poutcome }) => poutcome !== "unknown", above: 0.1 },
  ],
};

/** What the scrape of 31 August lost. */
const SCRAPED = ["/input/amenities#length", "/input/bedrooms"];

function dated(record: RecordedOutput, clustered: boolean): DatedFacts {
  const { campaign } = record.input as { campaign?: unknown };
  return {
    day: record.occurredAt.slice(0, 10),
    cluster: clustered ? String(campaign) : record.id,
    facts: {
      input: record.input,
      output: record.output,
      confidence: record.confidence ?? null,
      environment: null,
      latencyMs: null,
    },
  };
}

async function readSet(
  name: string,
): Promise<{ pilot: RecordedOutput[]; production: RecordedOutput[] } | null> {
  const file = join(recordedFolder(), name, "records.jsonl.gz");
  if (!existsSync(file)) {
    report(`skipped: ${file} is not there`);
    return null;
  }
  const records = await readRecordedStream(file);
  return {
    pilot: records.filter(({ phase }) => phase === "pilot"),
    production: records.filter(({ phase }) => phase === "production"),
  };
}

function judge(
  set: { pilot: RecordedOutput[]; production: RecordedOutput[] },
  clustered: boolean,
): DriftFinding[] {
  const pilot = set.pilot.map((record) => dated(record, clustered));
  const production = set.production.map((record) => dated(record, clustered));
  const { features } = fitWatched(pilot);
  return findingsOf(
    followRecords(features, meanClusterSize(pilot.map(({ cluster }) => cluster)), production),
  );
}

function reportFindings(name: string, findings: readonly DriftFinding[]): void {
  for (const { since, noticedOn, endedOn, endedBy, features } of findings) {
    const names = features.map((feature) => feature.name.replace("/input/", "")).join(", ");
    report(`${name}: since ${since}, noticed ${noticedOn}, ${endedBy ?? "open"} ${endedOn ?? ""}: ${names}`);
  }
}

/** The first day on which more than a share of the outputs show a change. */
function firstDay(production: readonly RecordedOutput[], { changed, above }: Expected): string {
  const days = new Map<string, { all: number; changed: number }>();
  for (const { occurredAt, input } of production) {
    const day = days.get(occurredAt.slice(0, 10)) ?? { all: 0, changed: 0 };
    day.all += 1;
    if (changed(input as Fields)) day.changed += 1;
    days.set(occurredAt.slice(0, 10), day);
  }
  return [...days].find(([, day]) => day.all >= 10 && day.changed / day.all > above)?.[0] ?? "never";
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

it.for(["airbnb-listings", "bank-marketing"])(
  "%s: what changed in its inputs is noticed within a week, each as one finding",
  { timeout: 30_000 },
  async (name, { skip }) => {
    const set = await readSet(name);
    if (!set) return skip("the recorded data is not there");
    const findings = judge(set, false);
    reportFindings(name, findings);
    for (const expected of EXPECTED[name] ?? []) {
      const began = firstDay(set.production, expected);
      const near = findings.filter(({ features }) =>
        features.some(
          ({ name: feature, noticedOn }) =>
            feature === expected.feature && Math.abs(daysBetween(began, noticedOn)) <= 7,
        ),
      );
      const noticed = near[0]?.features.find(({ name: feature }) => feature === expected.feature)?.noticedOn;
      report(`${name}: ${expected.feature} changed on ${began}, noticed on ${noticed}`);
      expect(near, expected.feature).toHaveLength(1);
    }
    // The broken scrape is one thing that happened, however many fields it emptied.
    const scrape = findings.filter(({ features }) =>
      features.some(
        ({ name: feature, noticedOn }) =>
          SCRAPED.includes(feature) && noticedOn > "2026-08-25" && noticedOn < "2026-09-08",
      ),
    );
    if (name === "airbnb-listings")
      expect(scrape.map(({ features }) => features.map(({ name: feature }) => feature))).toEqual([
        expect.arrayContaining(SCRAPED),
      ]);
  },
);

it("nhtsa-recall-documents: documents of one campaign are no independent witnesses", {
  timeout: 30_000,
}, async ({ skip }) => {
  const set = await readSet("nhtsa-recall-documents");
  if (!set) return skip("the recorded data is not there");
  const clustered = judge(set, true);
  const naive = judge(set, false);
  reportFindings("nhtsa, campaigns respected", clustered);
  report(`nhtsa, each document counted as independent: ${naive.length} findings`);
  expect(clustered.flatMap(({ features }) => features.map(({ name }) => name))).toContain("/input/modelYear");
  expect(clustered.length).toBeLessThan(naive.length / 3);
});
