import { expect, test, vi } from "vitest";
import { calendarOf, dayText } from "@/lib/backtest/calendar";
import { drawNumbers, drawSample } from "@/lib/backtest/draw-sample";
import { makeHistory } from "@/lib/backtest/history";
import { streamBoundaries } from "@/lib/backtest/pilot-boundaries";
import { prepareHistory } from "@/lib/backtest/run-draw";
import { watchStream } from "@/lib/backtest/watch-stream";
import { labelledOutputs } from "@/lib/dev/replay/recorded-labels";
import { evaluateMonitors } from "@/lib/monitor/evaluate-monitors";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import type { RecordedSet } from "./recorded-set";
import { coverageScope, PLAN } from "./sample-in-memory";
import { refreshEverything, sampleRecorded } from "./sample-recorded";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 240_000 });

/** Two weeks of pilot and seven of production with clusters, labels that nobody can know, a thin week, and two losses. */
function makeSet(seed: number): RecordedSet {
  const random = seededRandom(seed);
  const records: RecordedSet["records"] = [];
  const scores: RecordedSet["scores"] = new Map();
  for (let day = 0; day < 63; day += 1) {
    const volume = day >= 28 && day < 35 ? 4 : 60;
    let group = { name: "", left: 0, wrong: 0 };
    for (let at = 0; at < volume; at += 1) {
      if (group.left === 0) group = { name: `g ${day} ${at}`, left: random() < 0.3 ? 3 : 1, wrong: random() };
      group.left -= 1;
      const region = ["north", "south", "east"][Math.floor(random() * 3)] ?? "north";
      const error = day < 35 ? 0.08 : region === "south" ? 0.6 : 0.15;
      const id = `r ${day} ${at}`;
      records.push({
        id,
        occurredAt: new Date(Date.UTC(2026, 0, 5 + day, 0, at)).toISOString(),
        phase: day < 14 ? "pilot" : "production",
        input: null,
        output: null,
        groundTruth: null,
        segments: { region, size: at % 4 === 0 ? "small" : "large" },
        cluster: group.name.endsWith("0") ? group.name : null,
      });
      scores.set(
        id,
        day >= 14 && random() < 0.06 ? null : group.wrong * 0.5 + random() * 0.5 < error ? 0 : 1,
      );
    }
  }
  return { name: "made up", records, scores, truth: new Map() };
}

test.each([
  { seed: 1, attribute: null },
  { seed: 2, attribute: "region" },
  { seed: 3, attribute: null },
])(
  "a replay without a database raises the very incidents of the product ($seed)",
  async ({ seed, attribute }) => {
    const set = makeSet(seed);
    const reviewsPerWeek = 120;
    const { project } = await sampleRecorded({ db, pool }, set, {
      seed,
      reviewsPerWeek,
      attribute,
      afterWeek: async (projectId) => {
        await refreshEverything({ db, pool }, projectId);
        await evaluateMonitors(db, projectId);
      },
    });
    const projectId = project.id;
    const plan = await db.monitorPlan.findFirstOrThrow({
      where: { projectId },
      include: { boundaries: true },
    });

    const history = makeHistory(labelledOutputs(set.records, set.scores));
    const prepared = prepareHistory(history, plan.attributes);
    const order = Int32Array.from({ length: history.count }, (_, place) => place);
    const stream = { history, order, calendar: calendarOf(history.instants) };
    const boundaries = streamBoundaries(stream, prepared.watched, {
      floor: null,
      tolerance: plan.tolerance,
      declareClusters: true,
    });
    if (!boundaries) throw new Error("There is no boundary.");
    for (const [at, { attribute: name, value }] of prepared.watched.segments.entries()) {
      const own = plan.boundaries.find((each) => each.attribute === name && each.value === value);
      expect(boundaries.boundaries[at]).toBeCloseTo(own?.boundary ?? plan.boundary, 9);
      expect(boundaries.own[at]).toBe(own !== undefined);
    }
    const alarms = watchStream({
      stream,
      draw: drawSample(history, drawNumbers(history, coverageScope(seed)), {
        ...PLAN,
        declareClusters: true,
      }),
      watched: prepared.watched,
      names: prepared.names,
      declareClusters: true,
      unsureCountsWrong: false,
      maturityDays: 14,
      plan: { ...PLAN, reviewsPerWeek, attribute },
      boundaries,
      threshold: plan.threshold,
    });
    const incidents = await db.incident.findMany({ where: { projectId } });
    const checkpoints = await db.detectorCheckpoint.groupBy({
      by: ["attribute", "value"],
      where: { projectId },
      _sum: { alarms: true },
    });
    const cohorts = await db.cohort.aggregate({ where: { projectId }, _sum: { labelled: true } });
    expect(alarms.fed).toBe(cohorts._sum.labelled);
    const found = alarms.first.map(({ segment, day, changeDay, reviewsSinceChange }) => ({
      ...prepared.watched.segments[segment],
      alarms: alarms.counts.get(segment),
      alarmDay: dayText(day),
      changeDay: dayText(changeDay),
      reviews: reviewsSinceChange,
    }));
    const raised = incidents.map((incident) => ({
      attribute: incident.attribute,
      value: incident.value,
      // Of one cohort an incident counts the first; the detectors' checkpoints count them all.
      alarms: checkpoints.find(
        ({ attribute: name, value }) => name === incident.attribute && value === incident.value,
      )?._sum.alarms,
      alarmDay: incident.alarmDay?.toISOString().slice(0, 10),
      changeDay: incident.changeDay?.toISOString().slice(0, 10),
      reviews: (incident.facts as { reviews: number }).reviews,
    }));
    const byName = (a: { value?: string }, b: { value?: string }) =>
      (a.value ?? "") < (b.value ?? "") ? -1 : 1;
    expect(found.sort(byName)).toEqual(raised.sort(byName));
    expect(raised.length).toBeGreaterThan(1);
    report(`${raised.length} incidents and ${alarms.fed} labels are the same with and without a database`);
  },
);
