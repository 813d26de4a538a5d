import { deliverDue } from "@/lib/alert/deliver-due";
import { mailDigests, projectsWithMail } from "@/lib/alert/mail-digests";
import { routeAlert } from "@/lib/alert/route-alert";
import { runBacktest } from "@/lib/backtest/run-backtest";
import { inferDraft } from "@/lib/contract/infer-draft";
import { type Ctx, mintProjectScope } from "@/lib/core/ctx";
import { JOB_PAYLOADS, type JobName, type JobPayload } from "@/lib/core/job";
import type { PrismaClient } from "@/lib/db/generated/client";
import { runDemo } from "@/lib/demo/run-demo";
import { countInputs } from "@/lib/drift/count-inputs";
import { freezeInputBaseline } from "@/lib/drift/freeze-input-baseline";
import { watchInputs } from "@/lib/drift/watch-inputs";
import { watchSilence } from "@/lib/drift/watch-silence";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { noteInputFindings } from "@/lib/incident/note-input-findings";
import { noteSilences } from "@/lib/incident/note-silences";
import { reportBreaker } from "@/lib/incident/report-breaker";
import { evaluateDue } from "@/lib/monitor/evaluate-due";
import { drawHeld } from "@/lib/ingest/draw-held";
import { heldParts } from "@/lib/ingest/held-parts";
import { noteRepeats } from "@/lib/ingest/note-repeats";
import { evaluateMonitors } from "@/lib/monitor/evaluate-monitors";
import { digestsDue } from "@/lib/review/digests-due";
import { makeDigests } from "@/lib/review/make-digests";
import { planProbes } from "@/lib/review/plan-probes";
import { probesDue } from "@/lib/review/probes-due";
import { closeDueEpochs } from "@/lib/sampling/close-due-epochs";
import { expireSamples } from "@/lib/sampling/expire-samples";
import { settleTruths, settleTruthsAgain } from "@/lib/truth/settle-truths";
import { catchUp } from "./catch-up";
import { makeReading } from "./make-reading";
import { sweepExpired } from "./sweep-expired";

type Task<N extends JobName> = (db: PrismaClient, payload: JobPayload<N>) => Promise<unknown>;

/** Job name to use case; a job without one does not compile. */
const TASKS: { [N in JobName]: Task<N> } = {
  "fold-counts": async (db, { projectId }) => {
    await foldCounts(db, projectId);
    await inProject(db, projectId, async (ctx) => {
      await drawHeld(ctx, heldParts(ctx));
      await noteRepeats(ctx, heldParts(ctx));
    });
  },
  "refresh-estimate": (db, { projectId }) => refreshEstimate(db, projectId),
  "settle-truth": (db, { projectId }) => inProject(db, projectId, settleTruths),
  "settle-truth-again": (db, { projectId }) => inProject(db, projectId, settleTruthsAgain),
  "evaluate-monitors": (db, { projectId }) => evaluateMonitors(db, projectId),
  "evaluate-due": (db) => evaluateDue(db),
  "count-inputs": (db, { projectId }) => countInputs(db, projectId),
  "freeze-inputs": (db, { projectId }) => freezeInputBaseline(db, projectId),
  "watch-silence": async (db) => {
    await watchSilence(db);
    await noteSilences(db);
  },
  "watch-inputs": async (db) => {
    for (const { id } of await db.project.findMany({ where: { archivedAt: null }, select: { id: true } }))
      await inProject(db, id, async (ctx) => {
        const look = { ...ctx, now: new Date() };
        await watchInputs(look);
        await noteInputFindings(look);
      });
  },
  "run-backtest": (db, { projectId, backtestId }) =>
    inProject(db, projectId, (ctx) => runBacktest(ctx, backtestId)),
  "make-reading": (db, { projectId, ...of }) => makeReading(db, projectId, of),
  "report-breaker": (db, { projectId, breakerId }) => reportBreaker(db, projectId, breakerId),
  "infer-contract": (db, { projectId, requestId }) =>
    inProject(db, projectId, (ctx) => inferDraft(ctx, requestId)),
  "close-epochs": (db) => closeDueEpochs(db, new Date()),
  "plan-probes": (db, { projectId }) => inProject(db, projectId, (ctx) => planProbes(ctx, new Date())),
  "probes-due": (db) => probesDue(db),
  "make-digests": (db, { projectId }) =>
    inProject(db, projectId, (ctx) => makeDigests({ ...ctx, now: new Date() })),
  "digests-due": (db) => digestsDue(db),
  "expire-samples": (db) => expireSamples(db),
  "route-alert": (db, { projectId, eventId }) =>
    inProject(db, projectId, (ctx) => routeAlert({ ...ctx, now: new Date() }, eventId)),
  "mail-digests": async (db) => {
    for (const projectId of await projectsWithMail(db))
      await inProject(db, projectId, (ctx) => mailDigests({ ...ctx, now: new Date() }));
  },
  "deliver-alerts": (db) => deliverDue(db),
  "make-demo": (db) => runDemo(db, { mintScope: mintProjectScope }),
  "catch-up": (db) => catchUp(db),
  "sweep-expired": (db) => sweepExpired(db),
};

/** A project that was erased in the meantime needs nothing any more. */
async function inProject(
  db: PrismaClient,
  projectId: string,
  work: (ctx: Pick<Ctx, "db" | "project">) => Promise<unknown>,
): Promise<unknown> {
  const project = await db.project.findUnique({ where: { id: projectId } });
  return project ? work({ db, project: mintProjectScope(project) }) : null;
}

export interface BoundTask {
  name: JobName;
  /** Rejects when the payload is not that of this job */
  run: (db: PrismaClient, payload: unknown) => Promise<unknown>;
}

/** Every job that this release runs; payloads are parsed when a job is taken. */
export function boundTasks(): BoundTask[] {
  return (Object.keys(JOB_PAYLOADS) as JobName[]).map((name) => boundTask(name));
}

function boundTask(name: JobName): BoundTask {
  const task = TASKS[name] as Task<JobName>;
  const schema = JOB_PAYLOADS[name];
  return { name, run: async (db, payload) => task(db, schema.parse(payload)) };
}

/** Jobs that the clock starts, each at most once over all replicas. */
export const SCHEDULE: { name: JobName; match: string }[] = [
  { name: "close-epochs", match: "* * * * *" },
  { name: "evaluate-due", match: "* * * * *" },
  { name: "catch-up", match: "* * * * *" },
  { name: "watch-silence", match: "* * * * *" },
  { name: "deliver-alerts", match: "* * * * *" },
  { name: "mail-digests", match: "*/10 * * * *" },
  { name: "expire-samples", match: "*/10 * * * *" },
  { name: "probes-due", match: "*/10 * * * *" },
  { name: "digests-due", match: "5 * * * *" },
  { name: "watch-inputs", match: "23 * * * *" },
  { name: "sweep-expired", match: "17 * * * *" },
];
