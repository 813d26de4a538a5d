"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { type AskedAction, AskedActionDialog } from "@/components/form/asked-action";
import { Button, TextLink } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import type { BacktestSummary } from "@/lib/backtest/schema";
import { formatCount } from "@/lib/core/format";

import { BacktestBadge } from "./backtest-badge";

export interface ListedBacktest extends BacktestSummary {
  /** In the project's zone. */
  started: string;
}

/** Every backtest that is kept, newest first. */
export function BacktestList({
  slug,
  canManage,
  backtests,
}: {
  slug: string;
  canManage: boolean;
  backtests: readonly ListedBacktest[];
}) {
  const router = useRouter();
  const [asked, setAsked] = useState<AskedAction | null>(null);

  function askToDelete({ id, started }: ListedBacktest) {
    setAsked({
      title: `Delete the backtest of ${started}?`,
      description: "Its result is gone for everybody. One that runs is stopped.",
      confirmLabel: "Delete",
      danger: true,
      run: async () => {
        await fetchJson(`/api/v1/projects/${slug}/backtests/${id}`, { method: "DELETE" });
        router.refresh();
      },
    });
  }

  return (
    <>
      <Table label="Backtests so far">
        <TableHead>
          <tr>
            <HeaderCell>Started</HeaderCell>
            <HeaderCell numeric>Reviews a week</HeaderCell>
            <HeaderCell numeric className="hidden sm:table-cell">
              Draws
            </HeaderCell>
            <HeaderCell>State</HeaderCell>
            {canManage ? (
              <HeaderCell>
                <span className="sr-only">Actions</span>
              </HeaderCell>
            ) : null}
          </tr>
        </TableHead>
        <TableBody>
          {backtests.map((backtest) => (
            <TableRow key={backtest.id}>
              <Cell>
                <TextLink href={`/${slug}/backtest/${backtest.id}`}>{backtest.started}</TextLink>
                {backtest.created_by ? (
                  <span className="block text-xs text-subtle">by {backtest.created_by}</span>
                ) : null}
              </Cell>
              <Cell numeric>{backtest.settings.budgets.map(formatCount).join(", ")}</Cell>
              <Cell numeric className="hidden text-muted sm:table-cell">
                {formatCount(backtest.draws_total)}
              </Cell>
              <Cell>
                <BacktestBadge backtest={backtest} />
              </Cell>
              {canManage ? (
                <Cell className="text-right">
                  <Button variant="ghost" size="sm" onClick={() => askToDelete(backtest)}>
                    Delete
                  </Button>
                </Cell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <AskedActionDialog action={asked} onClose={() => setAsked(null)} />
    </>
  );
}
