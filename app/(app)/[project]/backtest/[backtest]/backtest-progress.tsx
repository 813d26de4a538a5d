"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

import { Card } from "@/components/ui/card";
import { fetchJson } from "@/components/ui/fetch-json";
import { Progress } from "@/components/ui/progress";
import type { BacktestSummary } from "@/lib/backtest/schema";
import { formatCount, formatLeft } from "@/lib/core/format";

const ASK_EVERY_MS = 1_000;

/** How far a backtest is and how long it will take; turns into the result by itself. */
export function BacktestProgress({
  slug,
  backtest,
  now,
}: {
  slug: string;
  backtest: BacktestSummary;
  /** The server's clock when the page was made. */
  now: string;
}) {
  const router = useRouter();
  const [seen, setSeen] = useState({ backtest, at: Date.parse(now) });
  const [reachable, setReachable] = useState(true);
  useEffect(() => {
    const stop = new AbortController();
    const clockAhead = Date.now() - Date.parse(now);
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const next = await fetchJson(`/api/v1/projects/${slug}/backtests/${backtest.id}`, {
          parse: async (json) => (await import("@/lib/backtest/schema")).backtestSchema.parse(json),
          signal: stop.signal,
        });
        setReachable(true);
        setSeen({ backtest: next, at: Date.now() - clockAhead });
        if (next.state !== "WAITING" && next.state !== "RUNNING") router.refresh();
      } catch {
        if (!stop.signal.aborted) setReachable(false);
      }
    };
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [slug, backtest.id, now, router]);
  const { draws_done: done, draws_total: total, state } = seen.backtest;
  return (
    <Card title={state === "WAITING" ? "Waiting for its turn" : "Running"}>
      <div className="flex flex-col gap-2">
        <Progress label="Draws done" value={done} max={total}>
          {formatCount(done)} of {formatCount(total)} draws{leftText(seen)}
        </Progress>
        <p className="text-sm text-subtle">
          {reachable
            ? "You can leave this page: it goes on in the background, and the result stays here."
            : "The server does not answer just now. This page keeps asking."}
        </p>
      </div>
    </Card>
  );
}

function leftText({ backtest, at }: { backtest: BacktestSummary; at: number }): string {
  const { started_at: started, draws_done: done, draws_total: total } = backtest;
  if (!started) return "";
  return formatLeft({ done, total, seconds: (at - Date.parse(started)) / 1_000 });
}
