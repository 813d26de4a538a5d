import { JOB_PAYLOADS } from "@/lib/core/job";
import type { Db } from "@/lib/db/client";
import { REASONS } from "@/lib/quarantine/reason";
import { judgedStalls, readJobFacts } from "@/lib/freshness/queries";
import { isMinor } from "@/lib/freshness/stall-sentence";
import * as z from "zod";
import type { Metric } from "./metric-text";

/** More would make series without end; the oldest come first, and how many are left out is a metric of its own. */
export const MOST_PROJECTS = 100;

const count = z.coerce.number();
const ledgerRow = z.object({ project: z.string(), outcome: z.string(), records: count });
const labelledRow = z.object({ project: z.string(), label: z.string(), value: count });
const projectRow = z.object({ project: z.string(), value: count.nullable() });
const deliveryRow = z.object({ state: z.string(), value: count });

export interface MetricProject {
  id: string;
  slug: string;
  timeZone: string;
}

/** What the database knows, so that it survives restarts and is the same whichever replica is asked. */
export async function storedMetrics(db: Db, projects: readonly MetricProject[]): Promise<Metric[]> {
  const ids = projects.map(({ id }) => id);
  const [records, work, alerts] = [
    await recordMetrics(db, ids),
    await workMetrics(db, ids),
    await alertMetrics(db),
  ];
  return [...records, ...work, ...alerts, ...(await jobMetrics(db))];
}

async function recordMetrics(db: Db, ids: readonly string[]): Promise<Metric[]> {
  const rows = await db.$queryRaw`
    SELECT project.slug AS project, outcome.name AS outcome, sum(outcome.records) AS records
    FROM (SELECT project_id, sum(received) AS received, sum(accepted) AS accepted, sum(flagged) AS flagged, sum(duplicates) AS duplicates,
        sum(conflicts) AS conflicts, sum(quarantined) AS quarantined, sum(refused) AS refused
      FROM (SELECT project_id, received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_hour
        UNION ALL
        SELECT project_id, received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_delta) entry
      WHERE project_id = ANY (${ids}::uuid[]) GROUP BY 1) sums
    JOIN project ON project.id = sums.project_id
    CROSS JOIN LATERAL (VALUES ('received', received), ('accepted', accepted), ('flagged', flagged), ('duplicate', duplicates),
      ('conflict', conflicts), ('quarantined', quarantined), ('rejected', refused)) AS outcome (name, records)
    GROUP BY 1, 2 ORDER BY 1, 2`;
  const held = await db.$queryRaw`
    SELECT project.slug AS project, first_code AS label, count(*) AS value FROM quarantine JOIN project ON project.id = project_id
    WHERE project_id = ANY (${ids}::uuid[]) AND quarantine.state = 'HELD' GROUP BY 1, 2 ORDER BY 1, 2`;
  const ledger = z.array(ledgerRow).parse(rows);
  const of = (wanted: (outcome: string) => boolean) =>
    ledger
      .filter(({ outcome }) => wanted(outcome))
      .map(({ project, outcome, records }) => ({ labels: { project, outcome }, value: records }));
  return [
    {
      name: "records_received_total",
      type: "counter",
      help: "Records of production and pilot that came to the doors: the sum of all outcomes.",
      samples: of((outcome) => outcome === "received").map(({ labels: { project }, value }) => ({
        labels: { project },
        value,
      })),
    },
    {
      name: "records_total",
      type: "counter",
      help: "Records by what became of them; accepted are those without a flag.",
      samples: of((outcome) => outcome !== "received"),
    },
    {
      name: "quarantine_records",
      type: "gauge",
      help: "Records that are held back, by their first reason.",
      // Codes are a closed list; anything else would be a fault, and no series.
      samples: z
        .array(labelledRow)
        .parse(held)
        .filter(({ label }) => label in REASONS)
        .map(({ project, label, value }) => ({ labels: { project, reason: label }, value })),
    },
  ];
}

async function workMetrics(db: Db, ids: readonly string[]): Promise<Metric[]> {
  const done = await db.$queryRaw`
    SELECT project.slug AS project, count(*) AS value FROM review JOIN project ON project.id = project_id
    WHERE project_id = ANY (${ids}::uuid[]) AND outcome <> 'SKIPPED' AND revision = 1 GROUP BY 1 ORDER BY 1`;
  const waiting = await db.$queryRaw`
    SELECT project.slug AS project, count(*) AS value FROM review_slot JOIN project ON project.id = project_id
    WHERE project_id = ANY (${ids}::uuid[]) AND review_slot.state = 'OPEN' AND occasion = 0 GROUP BY 1 ORDER BY 1`;
  const lag = await db.$queryRaw`
    SELECT project.slug AS project, extract(epoch FROM clock_timestamp() - max(evaluated_at)) AS value
    FROM monitor_run JOIN project ON project.id = project_id
    WHERE project_id = ANY (${ids}::uuid[]) GROUP BY 1 ORDER BY 1`;
  const byProject = (rows: unknown) =>
    z
      .array(projectRow)
      .parse(rows)
      .map(({ project, value }) => ({ labels: { project }, value }));
  return [
    {
      name: "reviews_total",
      type: "counter",
      help: "Reviews done, known items and looks by hand included.",
      samples: byProject(done),
    },
    {
      name: "reviews_waiting",
      type: "gauge",
      help: "Looks that samples still need.",
      samples: byProject(waiting),
    },
    {
      name: "evaluator_lag_seconds",
      type: "gauge",
      help: "Since reviewed days were last checked for drops.",
      samples: byProject(lag),
    },
  ];
}

async function alertMetrics(db: Db): Promise<Metric[]> {
  const deliveries = await db.$queryRaw`
    SELECT lower(state::text) AS state, count(*) AS value FROM alert_delivery GROUP BY 1 ORDER BY 1`;
  const attempts = await db.$queryRaw`
    SELECT outcome AS state, count(*) AS value FROM alert_attempt GROUP BY 1 ORDER BY 1`;
  const age = await db.$queryRaw`
    SELECT COALESCE(extract(epoch FROM clock_timestamp() - min(due_at)), 0)::float8 AS value FROM alert_delivery
    WHERE state = 'WAITING' AND due_at <= clock_timestamp()`;
  const samples = (rows: unknown, label: string) =>
    z
      .array(deliveryRow)
      .parse(rows)
      .map(({ state, value }) => ({ labels: { [label]: state }, value }));
  return [
    {
      name: "alert_deliveries",
      type: "gauge",
      help: "Alerts by their state.",
      samples: samples(deliveries, "state"),
    },
    {
      name: "alert_attempts_total",
      type: "counter",
      help: "Attempts to deliver an alert, by how they ended.",
      samples: samples(attempts, "outcome"),
    },
    {
      name: "alert_outbox_age_seconds",
      type: "gauge",
      help: "Since the oldest alert that is due should have been sent; 0 when none waits.",
      samples: [{ value: z.tuple([z.object({ value: z.number() })]).parse(age)[0].value }],
    },
  ];
}

const queueRow = z.object({ job: z.string(), waiting: count });

async function jobMetrics(db: Db): Promise<Metric[]> {
  const facts = await readJobFacts(db);
  const queue = await db.$queryRaw`
    SELECT task.identifier AS job, count(*) AS waiting
    FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
    WHERE job.run_at <= now() AND job.locked_at IS NULL AND job.attempts < job.max_attempts GROUP BY 1 ORDER BY 1`;
  const stalls = judgedStalls(facts);
  const known = (job: string) => job in JOB_PAYLOADS;
  return [
    {
      name: "queue_jobs_waiting",
      type: "gauge",
      help: "Jobs that are due and that no worker has taken.",
      samples: z
        .array(queueRow)
        .parse(queue)
        .filter(({ job }) => known(job))
        .map(({ job, waiting }) => ({ labels: { job }, value: waiting })),
    },
    {
      name: "job_last_success_timestamp_seconds",
      type: "gauge",
      help: "When a job of this kind last succeeded.",
      samples: [...facts.lastSuccess]
        .filter(([job]) => known(job))
        .map(([job, at]) => ({ labels: { job }, value: at.getTime() / 1_000 })),
    },
    {
      name: "worker_last_seen_timestamp_seconds",
      type: "gauge",
      help: "The newest sign of life of any worker.",
      samples: [{ value: facts.workerSeenAt ? facts.workerSeenAt.getTime() / 1_000 : null }],
    },
    {
      name: "stalls",
      type: "gauge",
      help: "Background work that stands still; 0 is as it should be.",
      samples: [
        { labels: { minor: "false" }, value: stalls.filter(({ subject }) => !isMinor(subject)).length },
        { labels: { minor: "true" }, value: stalls.filter(({ subject }) => isMinor(subject)).length },
      ],
    },
  ];
}
