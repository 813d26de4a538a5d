import { buildId } from "@/lib/core/build-id";
import type { Ctx } from "@/lib/core/ctx";
import type { ReadingKind } from "@/lib/core/job";
import { enqueueJob } from "./enqueue-job";
import type { Db } from "./client";
import type { Prisma } from "./generated/client";

/** What is asked, and of which days. Whoever may open the page sees the same. */
export interface ReadingOf {
  kind: ReadingKind;
  from: string;
  to: string;
  /** Of whom or what, where a kind has several. */
  about?: readonly string[] | undefined;
}

export interface Reading<T> {
  value: T;
  /** Null: just now. */
  madeAt: Date | null;
}

/** Over so many reviews a search takes less than a tenth of a second, and is made anew for each page. */
const MOST_AT_ONCE = 5_000;
const FRESH_MS = 10 * 60_000;

/**
 * What `make` comes to, without the wait where it would be long: of a project with many reviews the last result is shown with its time,
 * and one older than ten minutes is made again in the background. The first of its days is waited for. `T` is JSON.
 */
export async function storedReading<T>(
  ctx: Pick<Ctx, "db" | "project" | "now">,
  asked: ReadingOf & { reviews: number },
  make: () => Promise<T>,
): Promise<Reading<T>> {
  const { reviews, ...of } = asked;
  if (reviews <= MOST_AT_ONCE) return { value: await make(), madeAt: null };
  const where = { projectId_kind_key: { projectId: ctx.project.id, kind: of.kind, key: keyOf(of) } };
  const known = await ctx.db.storedReading.findUnique({ where });
  if (!known || known.build !== buildId()) {
    const value = await make();
    await storeReading(ctx, of, value);
    return { value, madeAt: null };
  }
  if (ctx.now.getTime() - known.madeAt.getTime() > FRESH_MS) {
    const { about, ...days } = of;
    const payload = { projectId: ctx.project.id, ...days, ...(about ? { about: [...about] } : {}) };
    await enqueueJob(ctx.db, "make-reading", payload, {
      key: `make-reading:${ctx.project.id}:${of.kind}:${keyOf(of)}`,
    });
  }
  // This very build wrote it.
  return { value: known.body as T, madeAt: known.madeAt };
}

/** Keeps what was made, for the pages of this build. */
export async function storeReading(
  { db, project, now }: { db: Db; project: { id: string }; now: Date },
  of: ReadingOf,
  value: unknown,
): Promise<void> {
  const place = { projectId: project.id, kind: of.kind, key: keyOf(of) };
  const made = { build: buildId(), body: value as Prisma.InputJsonValue, madeAt: now };
  await db.storedReading.upsert({
    where: { projectId_kind_key: place },
    create: { ...place, ...made },
    update: made,
  });
}

function keyOf({ from, to, about }: ReadingOf): string {
  return about ? `${from} ${to} ${JSON.stringify(about)}` : `${from} ${to}`;
}
