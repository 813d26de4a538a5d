import { expect, it } from "vitest";
import { hasRecordedSets, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { readRecordedStream, recordedWeeks } from "@/lib/dev/replay/recorded-stream";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { judgeLabels, type LabelShare, usualDelayDays } from "./label-delay";
import { judgeSpread } from "./segment-spread";

it("labels are late when clearly fewer have come than in the pilot at the same age", () => {
  const pilot = { outputs: 400, inTime: 380 };
  expect(judgeLabels(pilot, { outputs: 400, inTime: 380 })).toBe("normal");
  expect(judgeLabels(pilot, { outputs: 400, inTime: 355 })).toBe("unclear");
  expect(judgeLabels(pilot, { outputs: 400, inTime: 300 })).toBe("late");
  expect(judgeLabels(pilot, { outputs: 99, inTime: 0 })).toBe("unclear");
  expect(judgeLabels({ outputs: 400, inTime: 100 }, { outputs: 400, inTime: 0 })).toBeNull();
  expect(judgeLabels({ outputs: 99, inTime: 99 }, { outputs: 400, inTime: 0 })).toBeNull();
  expect(usualDelayDays([0, 0, 0, 0, 0, 0, 0, 0, 0, 9.2])).toBe(10);
  expect(usualDelayDays(Array.from({ length: 100 }, (_, at) => at / 50))).toBe(2);
  expect(usualDelayDays([])).toBe(1);
});

it("no change, no finding: half years of looks at labels that come as in the pilot", () => {
  const random = seededRandom(20_261_215);
  const drawn = (n: number, share: number): LabelShare => {
    let inTime = 0;
    for (let at = 0; at < n; at += 1) if (random() < share) inTime += 1;
    return { outputs: n, inTime };
  };
  let [alarms, found] = [0, 0];
  const runs = 400;
  for (let run = 0; run < runs; run += 1) {
    const share = [0.6, 0.8, 0.95, 0.99][run % 4] ?? 0.9;
    const pilot = drawn(100 + (run % 7) * 150, share);
    let late = false;
    for (let day = 0; day < 180; day += 1) late ||= judgeLabels(pilot, drawn(200, share)) === "late";
    if (late) alarms += 1;
    if (judgeLabels(pilot, drawn(500, share * 0.6)) === "late") found += 1;
  }
  report(
    `label delay: ${alarms} of ${runs} half years with a false finding; ${found} of ${runs} losses of 40 % found`,
  );
  expect(alarms / runs).toBeLessThanOrEqual(0.05);
  expect(found / runs).toBeGreaterThan(0.95);
});

it("an attribute explodes above five hundred values, and has calmed below half of that", () => {
  expect([10, 249, 250, 500, 501].map(judgeSpread)).toEqual([
    "normal",
    "normal",
    "unclear",
    "unclear",
    "exploded",
  ]);
});

it.skipIf(!hasRecordedSets())(
  "airbnb: the prices that stop coming are one finding, of the week of 31 August",
  async () => {
    const all = await readRecordedStream(`${recordedFolder()}/airbnb-listings/records.jsonl.gz`);
    const share = (records: typeof all): LabelShare => ({
      outputs: records.length,
      inTime: records.filter(({ groundTruth }) => groundTruth !== undefined && groundTruth !== null).length,
    });
    const pilot = share(all.filter(({ phase }) => phase === "pilot"));
    const weeks = recordedWeeks(all.filter(({ phase }) => phase === "production"));
    const late = weeks.filter(({ records }) => judgeLabels(pilot, share(records)) === "late");
    report(`airbnb: truths late in the weeks of ${late.map(({ start }) => start).join(", ")}`);
    expect(late[0]?.start).toBe("2026-08-31");
  },
);
