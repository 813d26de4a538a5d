import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { cursorText, instantPosition, readCursor } from "@/lib/core/page-cursor";
import type { Prisma, Backtest as StoredBacktest } from "@/lib/db/generated/client";
import {
  type Backtest,
  type BacktestQuery,
  type BacktestSummary,
  backtestResultSchema,
  backtestSettingsSchema,
} from "./schema";

type Stored = Omit<StoredBacktest, "result">;

const WITHOUT_RESULT = { omit: { result: true } } as const;

/** The backtests of a project, newest first, so many of them at a time. */
export async function listBacktests(
  ctx: Ctx,
  { after, limit }: BacktestQuery = { limit: 100 },
): Promise<{ backtests: BacktestSummary[]; next: string | null }> {
  const stored = await ctx.db.backtest.findMany({
    ...WITHOUT_RESULT,
    where: { projectId: ctx.project.id, ...(after ? olderThan(after) : {}) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const shown = stored.slice(0, limit);
  const last = stored.length > limit ? shown.at(-1) : undefined;
  const names = await namesOf(ctx, shown);
  return {
    backtests: shown.map((each) => summary(each, names)),
    next: last ? cursorText([last.createdAt.toISOString(), last.id]) : null,
  };
}

function olderThan(cursor: string): Prisma.BacktestWhereInput {
  const [createdAt, id] = readCursor(cursor, instantPosition);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

/** @throws AppError NOT_FOUND */
export async function readBacktest(ctx: Ctx, id: string): Promise<BacktestSummary> {
  const stored = await ctx.db.backtest.findUnique({
    ...WITHOUT_RESULT,
    where: { projectId_id: { projectId: ctx.project.id, id } },
  });
  if (!stored) throw noBacktest();
  return summary(stored, await namesOf(ctx, [stored]));
}

/** With its result, once there is one. Null: there is no such backtest. */
export async function findBacktest(ctx: Ctx, id: string): Promise<Backtest | null> {
  const stored = await ctx.db.backtest.findUnique({
    where: { projectId_id: { projectId: ctx.project.id, id } },
  });
  if (!stored) return null;
  const result = stored.result === null ? null : backtestResultSchema.parse(stored.result);
  return { ...summary(stored, await namesOf(ctx, [stored])), result };
}

/** @throws AppError NOT_FOUND */
export async function readBacktestResult(ctx: Ctx, id: string): Promise<Backtest> {
  const found = await findBacktest(ctx, id);
  if (!found) throw noBacktest();
  return found;
}

export function noBacktest(): AppError {
  return new AppError("NOT_FOUND", "There is no such backtest.");
}

async function namesOf(ctx: Ctx, stored: readonly Stored[]): Promise<Map<string, string>> {
  const ids = stored.flatMap(({ createdBy }) => (createdBy ? [createdBy] : []));
  const people = await ctx.db.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

function summary(stored: Stored, names: ReadonlyMap<string, string>): BacktestSummary {
  return {
    id: stored.id,
    state: stored.state,
    settings: backtestSettingsSchema.parse(stored.settings),
    draws_done: stored.drawsDone,
    draws_total: stored.drawsTotal,
    problem: stored.problem,
    created_at: stored.createdAt.toISOString(),
    created_by: names.get(stored.createdBy ?? "") ?? null,
    started_at: stored.startedAt?.toISOString() ?? null,
    finished_at: stored.finishedAt?.toISOString() ?? null,
  };
}
