import { beforeAll, describe, expect, it } from "vitest";
import { hasRecordedSets, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { readRecordedStream, type RecordedOutput, recordedWeeks } from "@/lib/dev/replay/recorded-stream";
import { wilsonInterval } from "@/lib/stats/wilson-interval";
import { report } from "@/lib/testing/console";
import { checkRecord, dispositionOf } from "./check-record";
import { compileContract } from "./compile-contract";
import { crossValidate, makeFolds } from "./cross-validate";
import { inferContract, profileOf } from "./infer-contract";
import { addToWindow, openWindow, windowFindings, type WindowFinding } from "./judge-window";
import type { KeyedFacts } from "./record-facts";
import type { ContractDefinition, CrossValidation } from "./schema";

const there = hasRecordedSets();
if (!there) report(`skipped: no recorded sets in ${recordedFolder()}`);

const keyed = (record: RecordedOutput): KeyedFacts => ({
  key: record.id,
  facts: { input: record.input, output: record.output, ground_truth: record.groundTruth },
});

interface Judged {
  definition: ContractDefinition;
  weeks: {
    start: string;
    records: number;
    flagged: number;
    quarantined: number;
    findings: WindowFinding[];
  }[];
  rates: CrossValidation;
}

async function judge(name: string): Promise<Judged> {
  const all = await readRecordedStream(`${recordedFolder()}/${name}/records.jsonl.gz`);
  const pilot = all.filter(({ phase }) => phase === "pilot").map(keyed);
  const definition = inferContract(profileOf(pilot), pilot);
  const contract = compileContract(definition);
  const production = all.filter(({ phase }) => phase === "production");
  const weeks = recordedWeeks(production).map(({ start, records }) => {
    const window = openWindow(definition);
    for (const { facts } of records.map(keyed)) addToWindow(window, facts, checkRecord(contract, facts));
    const { records: n, flagged, quarantined } = window;
    return { start, records: n, flagged, quarantined, findings: windowFindings(window, definition) };
  });
  const rates = await crossValidate(await makeFolds(pilot), definition);
  const [held, checked] = heldBack(pilot);
  report(
    `${name}: ${definition.rules.length} rules from ${pilot.length} records; cross-validated ${percent(rates.flagged)} flagged, ` +
      `${percent(rates.quarantined)} held back; last fifth of the pilot by the rest ${percent(held / checked)}`,
  );
  const interval = wilsonInterval(held, checked);
  expect(interval?.low ?? 1).toBeLessThanOrEqual(rates.flagged_high);
  expect(interval?.high ?? 0).toBeGreaterThanOrEqual(rates.flagged_low);
  return { definition, weeks, rates };
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** A fifth of the pilot, every fifth record, judged by a contract of the rest. */
function heldBack(pilot: readonly KeyedFacts[]): [number, number] {
  const rest = pilot.filter((_, at) => at % 5 !== 4);
  const contract = compileContract(inferContract(profileOf(rest), rest));
  const held = pilot.filter((_, at) => at % 5 === 4);
  return [
    held.filter(({ facts }) => dispositionOf(checkRecord(contract, facts)) !== "accepted").length,
    held.length,
  ];
}

/** Monday of the first week in which a finding stands. */
function firstWeek({ weeks }: Judged, of: (finding: WindowFinding) => boolean): string | undefined {
  return weeks.find(({ findings }) => findings.some(of))?.start;
}

const at = (code: string, path: string) => (finding: WindowFinding) =>
  finding.code === code && finding.path === path;

function expectFewHeldBack({ weeks }: Judged, name: string): void {
  const held = weeks.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const all = weeks.reduce((sum, { records }) => sum + records, 0);
  const worst = Math.max(
    ...weeks.filter(({ records }) => records >= 50).map((week) => week.quarantined / week.records),
  );
  report(`${name}: ${held} of ${all} held back (${percent(held / all)}), worst week ${percent(worst)}`);
  expect(worst).toBeLessThan(0.01);
}

describe.skipIf(!there)("airbnb, contract from the pilot alone", { timeout: 60_000 }, () => {
  let judged: Judged;
  beforeAll(async () => {
    judged = await judge("airbnb-listings");
  });
  const first = (finding: (each: WindowFinding) => boolean) => firstWeek(judged, finding);

  it("names each change in the week in which it came", () => {
    const seen = {
      scale: first(at("W_REASON_RATE", "/input/review_scores_rating")),
      renamed: first(
        (each) =>
          at("W_UNSEEN_RATE", "/input/property_type")(each) &&
          each.values.includes("Entire residential home"),
      ),
      again: first(
        (each) => at("W_UNSEEN_RATE", "/input/property_type")(each) && each.values.includes("Entire home"),
      ),
      bedrooms: first((each) => at("W_COMPLETENESS_LOW", "/input/bedrooms")(each) && each.share < 0.5),
      amenities: first((each) => each.reason === "FIELD_EMPTY" && each.path === "/input/amenities"),
      prices: first(at("W_COMPLETENESS_LOW", "/ground_truth")),
    };
    report(`airbnb: first weeks ${JSON.stringify(seen)}`);
    // The snapshot with the new scale begins in the week of 16 March (a sixth of its records), the broken scrape on 31 August.
    expect(seen).toEqual({
      scale: "2026-03-16",
      renamed: "2026-04-06",
      again: seen.again,
      bedrooms: "2026-08-31",
      amenities: "2026-08-31",
      prices: "2026-08-31",
    });
    expect(seen.again).toBe(FIRST_ENTIRE_HOME);
  });

  it("makes one finding of each, and few others before the first change", () => {
    const week = judged.weeks.find(({ start }) => start === "2026-08-31");
    const found = week?.findings.map(({ code, path, share }) => `${code} ${path} ${percent(share)}`) ?? [];
    report(`airbnb, week of 31 August: ${found.join("; ")}`);
    const subjects = week?.findings.map(({ path }) => path) ?? [];
    expect(new Set(subjects).size).toBe(subjects.length);
    const before = judged.weeks
      .filter(({ start }) => start < "2026-03-16")
      .flatMap(({ findings }) => findings);
    expect(before.map(({ code, path }) => `${code} ${path}`)).toEqual([]);
  });

  it("holds back less than one in a hundred", () => expectFewHeldBack(judged, "airbnb"));
});

const FIRST_ENTIRE_HOME = "2026-06-22";

describe.skipIf(!there)("bank and recalls, contract from the pilot alone", { timeout: 60_000 }, () => {
  it("bank: the contact that was unknown shows in the first whole week", async () => {
    const judged = await judge("bank-marketing");
    const week = judged.weeks.find(({ start }) => start === "2026-01-26");
    const contact = week?.findings.find(at("W_UNSEEN_RATE", "/input/contact"));
    report(
      `bank, week of 26 January: contact not unknown ${percent(contact?.share ?? 0)}, ${contact?.values.join(", ")}`,
    );
    expect(contact?.share).toBeGreaterThan(0.98);
    expect(contact?.values).toContain("cellular");
    expectFewHeldBack(judged, "bank");
  });

  it("recalls: new makes are counted, not flagged one by one", async () => {
    const judged = await judge("nhtsa-recall-documents");
    const makes = judged.weeks.filter(({ findings }) => findings.some(at("W_UNSEEN_RATE", "/input/make")));
    const flagged = judged.weeks.reduce((sum, week) => sum + week.flagged, 0);
    const all = judged.weeks.reduce((sum, week) => sum + week.records, 0);
    report(
      `recalls: new makes named in ${makes.length} of ${judged.weeks.length} weeks; ${percent(flagged / all)} of outputs flagged`,
    );
    expect(makes.length).toBeGreaterThan(judged.weeks.length / 2);
    expect(flagged / all).toBeLessThan(0.2);
    expectFewHeldBack(judged, "recalls");
  });
});
