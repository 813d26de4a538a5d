import type { Ctx } from "@/lib/core/ctx";
import { type MonitorInForce, monitorInForce } from "@/lib/monitor/monitor-queries";
import { FEWEST_PILOT_REVIEWS } from "@/lib/monitor/pilot-rule";
import { planThreshold, reviewsPerYear } from "@/lib/monitor/plan-threshold";
import { pilotSupport } from "@/lib/monitor/pilot-support";
import { MOST_WATCHED, type MonitorSettings, watchedKey } from "@/lib/monitor/schema";
import { readWatchedBoundaries, type WatchedBoundaries } from "@/lib/monitor/watched-boundaries";
import { settingsNumbers } from "@/lib/sampling/plan-numbers";
import { listPlans } from "@/lib/sampling/plan-queries";
import { readPastParts } from "@/lib/sampling/preview-plan";
import { type PlanSettings, type PlanVersion, planSettingsSchema } from "@/lib/sampling/schema";
import { rounded } from "@/lib/core/format";
import { type EvaluatedPlan, evaluatePlan } from "./evaluate-plan";
import { neededReviews } from "./needed-reviews";
import { plannedSegment } from "./planned-segment";
import type { PlanningFacts, PlanningGoal } from "./planning-facts";
import { reachOfPlan } from "./present-reach";
import { reviewerPace } from "./reviewer-pace";
import type { PlannerAnswer, PlannerGoal, PlannerPreview } from "./schema";

/** A threshold that differs by less keeps the promise of false alarms well enough; a new version would start the detectors anew. */
const KEPT_RATIO = 1.1;

/** What a goal takes, what the reviews asked for would find, and what confirming it would write. Writes nothing. */
export async function previewPlanner(ctx: Ctx, goal: PlannerGoal): Promise<PlannerAnswer> {
  const [[plan], monitor, { past, days }, pace] = await Promise.all([
    listPlans(ctx),
    monitorInForce(ctx),
    readPastParts(ctx, goal.attribute),
    reviewerPace(ctx),
  ]);
  if (!plan) throw new Error("The project has no sampling plan.");
  const now = plan.attribute === goal.attribute ? past : (await readPastParts(ctx, plan.attribute)).past;
  const attributes = watchedAttributes(monitor, goal.attribute);
  const key = goal.attribute === null ? "" : watchedKey([goal.attribute]);
  const values = goal.attribute === null ? [] : [...new Set(past.map(({ value }) => value))];
  const boundaries = await readWatchedBoundaries(
    ctx.db,
    ctx.project.id,
    { ...monitor.settings, attributes },
    values.map((value) => ({ attribute: key, value })),
  );
  if (!boundaries) return { no_boundary: true, fewest_pilot: FEWEST_PILOT_REVIEWS };
  const facts: PlanningFacts = {
    plan: { ...settingsNumbers(plan), needs: [], attribute: goal.attribute },
    past,
    days,
    overall: boundaries.overall,
    segments: new Map(values.map((value) => [value, boundaries.of({ attribute: key, value })])),
    watched: 1 + attributes.length,
  };
  const present = { ...settingsNumbers(plan), attribute: plan.attribute };
  const presentFinds = reachOfPlan(present, now, {
    overall: boundaries.overall,
    weeks: goal.weeks,
    threshold: monitor.threshold ?? planThreshold(monitor.settings, reviewsPerYear(present)),
  });
  const proposed = answer({ goal, facts, plan, monitor, attributes, boundaries });
  return { ...proposed, present_finds: presentFinds, pace };
}

/** The goal's attribute has to be watched for a drop in one of its values to be found. */
function watchedAttributes({ settings }: MonitorInForce, attribute: string | null): string[] {
  const key = attribute === null ? null : watchedKey([attribute]);
  if (key === null || settings.attributes.includes(key)) return settings.attributes;
  return [...settings.attributes.slice(0, MOST_WATCHED - 1), key];
}

interface Known {
  goal: PlannerGoal;
  facts: PlanningFacts;
  plan: PlanVersion;
  monitor: MonitorInForce;
  attributes: string[];
  boundaries: WatchedBoundaries;
}

function answer(known: Known): Omit<PlannerPreview, "pace" | "present_finds"> {
  const { goal, facts, plan, monitor, attributes, boundaries } = known;
  const wanted: PlanningGoal = {
    drop: goal.drop,
    weeks: goal.weeks,
    acceptedPerYear: goal.accepted_per_year,
    leftOut: new Set(goal.left_out),
  };
  const needed = neededReviews(facts, wanted);
  const evaluated = evaluatePlan(facts, wanted, goal.reviews_per_week ?? needed ?? plan.reviews_per_week);
  const { pilot, overall } = boundaries;
  const writes = whatIsWritten({ goal, plan, monitor, attributes, evaluated });
  return {
    goal,
    days: facts.days,
    promised: monitor.settings.floor !== null,
    pilot,
    support:
      pilot && monitor.settings.floor === null
        ? pilotSupport(pilot, {
            boundary: overall.boundary,
            tolerance: monitor.settings.tolerance,
            threshold: evaluated.threshold,
          })
        : null,
    watched: facts.watched,
    needed,
    present: plan.reviews_per_week,
    reviews_per_week: evaluated.reviewsPerWeek,
    second_looks_per_week: evaluated.preview.second_looks_per_week,
    double_review_share: plan.double_review_share,
    rate_ratio_cap: plan.rate_ratio_cap,
    unused_per_week: evaluated.preview.unused_per_week,
    threshold: evaluated.threshold,
    overall: plannedSegment(evaluated.overall, wanted, evaluated.threshold),
    rows: evaluated.rows.map((row) => plannedSegment(row, wanted, evaluated.threshold)),
    ...writes,
    sampling_version: plan.version,
    monitor_version: monitor.version,
  };
}

function whatIsWritten({
  goal,
  plan,
  monitor,
  attributes,
  evaluated,
}: Pick<Known, "goal" | "plan" | "monitor" | "attributes"> & { evaluated: EvaluatedPlan }): Pick<
  PlannerPreview,
  "sampling" | "monitor" | "monitor_reasons"
> {
  const { version: _version, created_at: _at, created_by: _by, ...present } = plan;
  const sampling: PlanSettings = planSettingsSchema.parse({
    ...present,
    reviews_per_week: evaluated.reviewsPerWeek,
    attribute: goal.attribute,
    needs: evaluated.needs.map(({ value, reviewsPerWeek }) => ({
      value,
      reviews_per_week: rounded(reviewsPerWeek, 2),
    })),
  });
  const reasons = monitorReasons(goal, monitor, attributes, evaluated.threshold);
  const settings: MonitorSettings = {
    ...monitor.settings,
    attributes,
    accepted_per_year: goal.accepted_per_year,
  };
  return {
    sampling: JSON.stringify(sampling) === JSON.stringify(present) ? null : sampling,
    monitor: reasons.length > 0 ? settings : null,
    monitor_reasons: reasons,
  };
}

function monitorReasons(
  goal: PlannerGoal,
  { settings, threshold }: MonitorInForce,
  attributes: readonly string[],
  next: number,
): PlannerPreview["monitor_reasons"] {
  const accepted = goal.accepted_per_year !== settings.accepted_per_year;
  const attribute = attributes.length !== settings.attributes.length;
  const ratio = threshold === null ? 1 : Math.max(next / threshold, threshold / next);
  const reviews = !accepted && !attribute && ratio > KEPT_RATIO;
  return [
    ...(accepted ? (["accepted"] as const) : []),
    ...(attribute ? (["attribute"] as const) : []),
    ...(reviews ? (["reviews"] as const) : []),
  ];
}
