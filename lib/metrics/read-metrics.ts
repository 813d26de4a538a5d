import { SEVERITIES, type Severity } from "@/lib/alert/schema";
import { incidentSeverity } from "@/lib/alert/severity";
import type { Ctx, InstanceCtx, ProjectScope } from "@/lib/core/ctx";
import { headlineSeries } from "@/lib/estimate/headline-series";
import { listUrgentIncidents } from "@/lib/incident/queries";
import { version } from "@/package.json";
import { type Metric, metricText } from "./metric-text";
import { processMetrics } from "./process-metrics";
import { type MetricProject, MOST_PROJECTS, storedMetrics } from "./stored-metrics";

/** Many may ask: the database is read once in this time. */
const KEPT_MS = 5_000;
const MOST_INCIDENTS = 1_000;

let kept: { at: number; metrics: Promise<Metric[]> } | null = null;

/** Only the boundary can make one. */
type ScopeOf = (project: MetricProject) => ProjectScope;

/**
 * Everything as Prometheus reads it: numbers and names of projects, jobs and reasons; no segment (they are without end), no payload, no
 * address and no person.
 */
export async function readMetrics(ctx: InstanceCtx, scopeOf: ScopeOf): Promise<string> {
  const at = ctx.now.getTime();
  if (!kept || at - kept.at > KEPT_MS || at < kept.at) {
    const metrics = databaseMetrics(ctx, scopeOf);
    kept = { at, metrics };
    metrics.catch(() => {
      kept = null;
    });
  }
  return metricText([...(await kept.metrics), ...processMetrics()]);
}

async function databaseMetrics(ctx: InstanceCtx, scopeOf: ScopeOf): Promise<Metric[]> {
  const all = await ctx.db.project.findMany({
    where: { archivedAt: null },
    orderBy: { id: "asc" },
    select: { id: true, slug: true, timeZone: true },
  });
  const projects = all.slice(0, MOST_PROJECTS);
  return [
    { name: "info", type: "gauge", help: "This release.", samples: [{ labels: { version }, value: 1 }] },
    {
      name: "projects",
      type: "gauge",
      help: "Projects of this installation.",
      samples: [{ value: all.length }],
    },
    {
      name: "projects_left_out",
      type: "gauge",
      help: `Projects without metrics: only the oldest ${MOST_PROJECTS} have some.`,
      samples: [{ value: all.length - projects.length }],
    },
    ...(await storedMetrics(ctx.db, projects)),
    ...(await measuredMetrics(ctx, projects.map(scopeOf))),
  ];
}

interface Measured {
  project: string;
  estimate: { mean: number; low: number; high: number; n: number } | null;
  pilot: number | null;
  open: Record<Severity, number>;
}

async function measuredMetrics(ctx: InstanceCtx, projects: readonly ProjectScope[]): Promise<Metric[]> {
  const measured: Measured[] = [];
  for (const project of projects) measured.push(await measuredOf({ ...ctx, project: project }));
  const gauge = (name: string, help: string, value: (of: Measured) => number | null): Metric => ({
    name,
    type: "gauge",
    help,
    samples: measured.map((each) => ({ labels: { project: each.project }, value: value(each) })),
  });
  return [
    gauge(
      "accuracy_ratio",
      "Accuracy as the overview shows it: of all outputs, the newest week with enough reviews.",
      ({ estimate }) => estimate?.mean ?? null,
    ),
    gauge("accuracy_low_ratio", "Lower end of its 95 % interval.", ({ estimate }) => estimate?.low ?? null),
    gauge("accuracy_high_ratio", "Upper end of its 95 % interval.", ({ estimate }) => estimate?.high ?? null),
    gauge(
      "accuracy_reviewed_outputs",
      "Reviewed outputs that it rests on.",
      ({ estimate }) => estimate?.n ?? null,
    ),
    gauge("accuracy_pilot_ratio", "Accuracy of the pilot.", ({ pilot }) => pilot),
    {
      name: "incidents_open",
      type: "gauge",
      help: "Incidents that nobody has resolved or muted.",
      samples: measured.flatMap(({ project, open }) =>
        SEVERITIES.map((severity) => ({ labels: { project, severity }, value: open[severity] })),
      ),
    },
  ];
}

async function measuredOf(ctx: Ctx): Promise<Measured> {
  const [{ now, pilot }, incidents] = [
    await headlineSeries(ctx),
    await listUrgentIncidents(ctx, MOST_INCIDENTS),
  ];
  const open: Record<Severity, number> = { critical: 0, warning: 0 };
  for (const incident of incidents) open[incidentSeverity(incident)] += 1;
  // More than 5 % could not be judged: then there is no single number, here as on the page.
  const estimate = now && now.estimate.reading === "mean" ? now.estimate : null;
  return { project: ctx.project.slug, estimate, pilot: pilot?.estimate.mean ?? null, open };
}
