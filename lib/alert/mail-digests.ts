import type { Ctx } from "@/lib/core/ctx";
import { formatDay } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { addDays, periodStart } from "@/lib/estimate/period";
import { digestFactsSchema } from "@/lib/review/digest-schema";
import { digestSentences } from "@/lib/review/digest-text";
import { plainMessage } from "./incident-message";
import { insertDelivery } from "./insert-delivery";
import { localMinute } from "./local-time";
import { messagePlace } from "./route-alert";
import { LIVE } from "./stored-channel";
import { weeklyMessage } from "./weekly-message";

/** When the week is told, in the project's zone. */
const WEEKLY_MINUTE = 7 * 60;

/** Projects that have somebody to write to. */
export async function projectsWithMail(db: PrismaClient): Promise<string[]> {
  const rows = await db.alertChannel.findMany({
    where: { kind: "EMAIL", ...LIVE, project: { archivedAt: null } },
    distinct: ["projectId"],
    select: { projectId: true },
    orderBy: { projectId: "asc" },
  });
  return rows.map(({ projectId }) => projectId);
}

/** Writes the e-mails down that are due by the calendar: today's reminders of reviews, and on Mondays the week. */
export async function mailDigests(
  ctx: Pick<Ctx, "db" | "project" | "now">,
): Promise<{ reminders: number; weekly: number }> {
  const system: Ctx = { ...ctx, actor: { kind: "system", job: "mail-digests" }, requestId: "mail-digests" };
  return { reminders: await mailReminders(system), weekly: await mailWeek(system) };
}

/** To each person who has reviews to do today, by the oldest e-mail channel. What was sent is marked in the same transaction. */
async function mailReminders(ctx: Ctx): Promise<number> {
  const projectId = ctx.project.id;
  const day = localDay(ctx.now, ctx.project.timeZone);
  const channel = await ctx.db.alertChannel.findFirst({
    where: { projectId, kind: "EMAIL", ...LIVE },
    orderBy: { id: "asc" },
  });
  const waiting = await ctx.db.reviewDigest.findMany({
    where: { projectId, day: new Date(day), sentAt: null },
  });
  if (!channel || waiting.length === 0) return 0;
  const people = await ctx.db.user.findMany({
    where: { id: { in: waiting.map(({ userId }) => userId) }, disabledAt: null },
    select: { id: true, email: true },
  });
  const place = await messagePlace(ctx);
  return inTransaction(ctx.db, async (tx) => {
    let written = 0;
    for (const { userId, facts } of waiting) {
      const email = people.find(({ id }) => id === userId)?.email;
      const sentences = digestSentences(digestFactsSchema.parse(facts));
      await tx.reviewDigest.updateMany({
        where: { projectId, userId, day: new Date(day) },
        data: { sentAt: ctx.now },
      });
      if (!email || sentences.length === 0) continue;
      const title = `Reviews in ${place.project.name}, ${formatDay(day)}`;
      const message = { ...plainMessage(title, sentences, place, "/review"), to: email };
      const plan = { dueAt: ctx.now, heldFor: null };
      const key = `reminder:${userId}:${day}`;
      if (
        await insertDelivery(tx, {
          projectId,
          channelId: channel.id,
          key,
          kind: "reminder",
          message,
          plan,
          now: ctx.now,
        })
      )
        written += 1;
    }
    return written;
  });
}

/** The week to each channel that wants it, once, from Monday morning on; a muted one does without. */
async function mailWeek(ctx: Ctx): Promise<number> {
  const { project, now, db } = ctx;
  const today = localDay(now, project.timeZone);
  const monday = periodStart(today, "week");
  if (today !== monday || localMinute(now, project.timeZone).minute < WEEKLY_MINUTE) return 0;
  const key = `weekly:${addDays(monday, -7)}`;
  const channels = await db.alertChannel.findMany({
    where: {
      projectId: project.id,
      kind: "EMAIL",
      weekly: true,
      ...LIVE,
      OR: [{ mutedUntil: null }, { mutedUntil: { lte: now } }],
    },
    select: { id: true, deliveries: { where: { key }, select: { id: true } } },
  });
  const untold = channels.filter(({ deliveries }) => deliveries.length === 0);
  if (untold.length === 0) return 0;
  const message = await weeklyMessage(ctx);
  return inTransaction(db, async (tx) => {
    let written = 0;
    for (const { id: channelId } of untold) {
      const plan = { dueAt: now, heldFor: null };
      if (
        await insertDelivery(tx, {
          projectId: project.id,
          channelId,
          key,
          kind: "weekly",
          message,
          plan,
          now,
        })
      )
        written += 1;
    }
    return written;
  });
}
