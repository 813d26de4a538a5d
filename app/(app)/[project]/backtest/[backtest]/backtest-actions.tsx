"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { type AskedAction, AskedActionDialog } from "@/components/form/asked-action";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import type { BacktestSummary } from "@/lib/backtest/schema";

/** What a manager can do with a backtest. */
export function BacktestActions({
  slug,
  backtest: { id, state },
}: {
  slug: string;
  backtest: Pick<BacktestSummary, "id" | "state">;
}) {
  const router = useRouter();
  const [asked, setAsked] = useState<AskedAction | null>(null);
  const address = `/api/v1/projects/${slug}/backtests/${id}`;
  const isActive = state === "WAITING" || state === "RUNNING";

  const cancelling: AskedAction = {
    title: "Cancel this backtest?",
    description: "What has been calculated so far is lost.",
    confirmLabel: "Cancel the backtest",
    keepLabel: "Keep it running",
    run: async () => {
      await fetchJson(`${address}/cancel`, { method: "POST", body: {} });
      router.refresh();
    },
  };
  const deleting: AskedAction = {
    title: "Delete this backtest?",
    description: "Its result is gone for everybody.",
    confirmLabel: "Delete",
    danger: true,
    run: async () => {
      await fetchJson(address, { method: "DELETE" });
      router.push(`/${slug}/backtest` as Route);
    },
  };
  return (
    <>
      {isActive ? (
        <Button onClick={() => setAsked(cancelling)}>Cancel</Button>
      ) : (
        <Button onClick={() => setAsked(deleting)}>Delete</Button>
      )}
      <AskedActionDialog action={asked} onClose={() => setAsked(null)} />
    </>
  );
}
