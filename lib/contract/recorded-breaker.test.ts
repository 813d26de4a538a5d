import { describe, expect, it } from "vitest";
import { hasRecordedSets, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { readRecordedStream, type RecordedOutput } from "@/lib/dev/replay/recorded-stream";
import { report } from "@/lib/testing/console";
import { checkRecord } from "./check-record";
import { compileContract } from "./compile-contract";
import { crossValidate, makeFolds } from "./cross-validate";
import { inferContract, profileOf } from "./infer-contract";
import { isMassViolation, isOver, isSameChange, LEAST_RECORDS, likelyStart } from "./mass-violation";
import type { KeyedFacts } from "./record-facts";
import { mixHash, textHash } from "./text-hash";

const there = hasRecordedSets();
if (!there) report(`skipped: no recorded sets in ${recordedFolder()}`);

const keyed = (record: RecordedOutput): KeyedFacts => ({
  key: record.id,
  facts: { input: record.input, output: record.output, ground_truth: record.groundTruth },
});

interface Trip {
  code: string;
  from: string;
  to: string | null;
  paths: string;
  /** Likely start, and the number of the change that it belongs to. */
  since: Date;
  change: number;
}

/** The breakers of a stream in the order of its time, with a window of two hundred records. */
async function follow(pilot: readonly KeyedFacts[], stream: readonly RecordedOutput[]): Promise<Trip[]> {
  const definition = inferContract(profileOf(pilot), pilot);
  const rates = await crossValidate(await makeFolds(pilot), definition);
  const expected = new Map<string, number>();
  for (const { code, share } of rates.by_rule) expected.set(code, (expected.get(code) ?? 0) + share);
  const contract = compileContract(definition);
  const trips: Trip[] = [];
  const recent: Map<string, string>[] = [];
  const history: { minute: Date; codes: ReadonlySet<string> }[] = [];
  const counts = new Map<string, number>();
  for (const record of stream) {
    const { reasons } = checkRecord(contract, keyed(record).facts);
    const codes = new Map<string, string>(
      reasons.filter(({ effect }) => effect !== "A").map(({ code, path }) => [code, path]),
    );
    recent.push(codes);
    history.push({ minute: new Date(record.occurredAt), codes: new Set(codes.keys()) });
    for (const code of codes.keys()) counts.set(code, (counts.get(code) ?? 0) + 1);
    const gone = recent.length > LEAST_RECORDS ? recent.shift() : undefined;
    for (const code of gone?.keys() ?? []) counts.set(code, (counts.get(code) ?? 0) - 1);
    const window = {
      records: recent.length,
      codes: [...counts].map(([code, records]) => ({ code, records, paths: [] })),
    };
    for (const code of window.codes) {
      const open = trips.find((trip) => trip.code === code.code && trip.to === null);
      const rate = expected.get(code.code) ?? 0;
      if (open && isOver(window, code.code, rate)) open.to = record.occurredAt.slice(0, 10);
      if (!open && isMassViolation(window, code, rate)) {
        const paths = [...new Set(recent.flatMap((each) => each.get(code.code) ?? []))].join(" ");
        const share = code.records / window.records;
        const counted = history.map(({ minute, codes: had }) => ({
          minute,
          records: 1,
          hits: had.has(code.code) ? 1 : 0,
        }));
        const since = likelyStart(counted, rate, share) ?? new Date(record.occurredAt);
        const spanMs =
          Date.parse(record.occurredAt) - (history.at(-recent.length)?.minute ?? since).getTime();
        const joined = trips.find(
          (other) =>
            other.to === null &&
            isSameChange(
              { since, hits: code.records },
              { since: other.since, hits: counts.get(other.code) ?? 0 },
              recent.filter((each) => each.has(code.code) && each.has(other.code)).length,
              spanMs,
            ),
        );
        const change = joined?.change ?? new Set(trips.map((trip) => trip.change)).size + 1;
        trips.push({ code: code.code, from: record.occurredAt.slice(0, 10), to: null, paths, since, change });
      }
    }
  }
  return trips;
}

async function setOf(name: string) {
  const all = await readRecordedStream(`${recordedFolder()}/${name}/records.jsonl.gz`);
  const inTime = all.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
  return {
    pilot: inTime.filter(({ phase }) => phase === "pilot"),
    production: inTime.filter(({ phase }) => phase === "production"),
  };
}

describe.skipIf(!there)("breakers on recorded streams", () => {
  it.each(["airbnb-listings", "bank-marketing", "nhtsa-recall-documents"])(
    "%s: pilot-like traffic opens none",
    async (name) => {
      const { pilot } = await setOf(name);
      const half = ({ id }: RecordedOutput) => mixHash(textHash(id), 5) % 2 === 0;
      const known = pilot.filter(half).map(keyed);
      const fresh = pilot.filter((record) => !half(record));
      const trips = await follow(known, fresh);
      report(`breaker, ${name}: ${trips.length} in ${fresh.length} records like the pilot`);
      expect(trips).toEqual([]);
    },
    120_000,
  );

  it("airbnb: each mass change of the listings is one breaker and one incident, and named", async () => {
    const { pilot, production } = await setOf("airbnb-listings");
    const trips = await follow(pilot.map(keyed), production);
    for (const { code, from, to, paths, since, change } of trips) {
      const began = since.toISOString().slice(0, 10);
      report(
        `breaker, airbnb: change ${change} since ${began}: ${code} ${paths} ${from} to ${to ?? "the end"}`,
      );
    }
    expect(new Set(trips.map(({ change }) => change)).size).toBe(trips.length);
    expect(trips.map(({ code, from, to }) => [code, from, to])).toEqual([
      // Scores out of five instead of a hundred, two renamings of property types, empty amenities, bathrooms that always were null.
      ["VALUE_BELOW_RANGE", "2026-03-22", null],
      ["VALUE_UNSEEN_CATEGORY", "2026-04-10", null],
      ["FIELD_EMPTY", "2026-09-01", "2026-09-13"],
      ["STRUCT_UNSEEN_SHAPE", "2026-09-20", null],
    ]);
  }, 120_000);

  it("airbnb: a delivery that breaks four fields at once is one incident with all its reasons", async () => {
    const { pilot, production } = await setOf("airbnb-listings");
    const before = production.filter(({ occurredAt }) => occurredAt < "2026-03-01");
    const cut = before[Math.floor(before.length / 2)]?.occurredAt ?? "";
    const broken = before.map((record) =>
      record.occurredAt < cut ? record : { ...record, input: breakFields(record.input) },
    );
    const trips = await follow(pilot.map(keyed), broken);
    report(`breaker, airbnb, planted: ${trips.map(({ code, change }) => `${change} ${code}`).join(", ")}`);
    expect(trips.length).toBeGreaterThanOrEqual(3);
    expect(new Set(trips.map(({ change }) => change)).size).toBe(1);
  }, 120_000);
});

/** A column shifted, a text lost, a number as text and a new category, as when an export is written anew. */
function breakFields(input: unknown): Record<string, unknown> {
  const fields = input as Record<string, unknown>;
  return {
    ...fields,
    amenities: "[]",
    property_type: "Place (other)",
    room_type: 7,
    accommodates: String(fields.accommodates),
  };
}
