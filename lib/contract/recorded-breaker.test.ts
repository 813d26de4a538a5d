import { describe, expect, it } from "vitest";
import { hasRecordedSets, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { readRecordedStream, type RecordedOutput } from "@/lib/dev/replay/recorded-stream";
import { report } from "@/lib/testing/console";
import { checkRecord } from "./check-record";
import { compileContract } from "./compile-contract";
import { crossValidate, makeFolds } from "./cross-validate";
import { inferContract, profileOf } from "./infer-contract";
import { isMassViolation, isOver, LEAST_RECORDS } from "./mass-violation";
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
  const counts = new Map<string, number>();
  for (const record of stream) {
    const { reasons } = checkRecord(contract, keyed(record).facts);
    const codes = new Map<string, string>(
      reasons.filter(({ effect }) => effect !== "A").map(({ code, path }) => [code, path]),
    );
    recent.push(codes);
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
        trips.push({ code: code.code, from: record.occurredAt.slice(0, 10), to: null, paths });
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

  it("airbnb: each mass change of the listings is one breaker, and named", async () => {
    const { pilot, production } = await setOf("airbnb-listings");
    const trips = await follow(pilot.map(keyed), production);
    for (const { code, from, to, paths } of trips) {
      report(`breaker, airbnb: ${code} ${paths} ${from} to ${to ?? "the end"}`);
    }
    expect(trips.map(({ code, from, to }) => [code, from, to])).toEqual([
      // Scores out of five instead of a hundred, two renamings of property types, empty amenities, bathrooms that always were null.
      ["VALUE_BELOW_RANGE", "2026-03-22", null],
      ["VALUE_UNSEEN_CATEGORY", "2026-04-10", null],
      ["FIELD_EMPTY", "2026-09-01", "2026-09-13"],
      ["STRUCT_UNSEEN_SHAPE", "2026-09-20", null],
    ]);
  }, 120_000);
});
