import { runStorm, type StormResult } from "@/lib/testing/review-storm/storm";
import { withBenchDatabase } from "./bench-server";
import type { BenchSection } from "./section";

const REVIEWERS = 32;
const ITEMS = 10_000;
const KILLS = 30;
const LONGEST_PAUSE_MS = 4_000;
const CONNECTIONS = 6;

/** Many reviewers over two processes that are stopped and killed, and the same with the token taken out, which must be seen. */
export async function benchReviewStorm(): Promise<BenchSection> {
  const storm = (options: { items: number; kills: number; forgetsToken?: boolean }) =>
    withBenchDatabase(CONNECTIONS, ({ db, url }) =>
      runStorm(db, url, { seed: 1, reviewers: REVIEWERS, longestPauseMs: LONGEST_PAUSE_MS, ...options }),
    );
  const product = await storm({ items: ITEMS, kills: KILLS });
  const control = await storm({ items: 500, kills: 2, forgetsToken: true });
  return {
    title: "Review: a storm",
    note:
      `${REVIEWERS} reviewers over two server processes on one durable database, a tenth of the items judged twice. Processes are stopped ` +
      `(at most ${LONGEST_PAUSE_MS / 1_000} s) and killed at random moments, leases are made to run out, callers give up and ask again. A trigger writes ` +
      "down every change of a lease in the transaction that makes it; every decision that was acknowledged is compared with its row. Aim: 0 and 0.",
    columns: [
      "what",
      "items",
      "kills",
      "pauses",
      "leases run out",
      "calls without an answer",
      "decisions",
      "after a lost lease",
      "overlapping leases",
      "lost or changed",
      "all findings",
      "seconds",
    ],
    rows: [row("Assay", ITEMS, product), row("control: fills a slot without its token", 500, control)],
  };
}

function row(what: string, items: number, result: StormResult): string[] {
  const { kills, pauses, expired, unanswered, decisions, extra, overlaps, lost, findings, seconds } = result;
  const counts = [
    items,
    kills,
    pauses,
    expired,
    unanswered,
    decisions,
    extra,
    overlaps,
    lost,
    findings.length,
  ];
  return [what, ...counts.map(String), seconds.toFixed(0)];
}
