import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { plainMessage } from "./incident-message";
import { insertDelivery } from "./insert-delivery";
import { messagePlace } from "./route-alert";
import type { TryResult } from "./schema";
import { tryNow } from "./try-now";

const MOST_TESTS_AN_HOUR = 10;
const HOUR_MS = 3_600_000;

/**
 * Sends a test message now and says how it went; it stands in the log like any other, but is not tried again.
 * @throws AppError NOT_FOUND, LIMIT
 */
export async function testChannel(ctx: Ctx, channelId: string): Promise<TryResult> {
  const projectId = ctx.project.id;
  const place = await messagePlace(ctx);
  const id = await inTransaction(ctx.db, async (tx) => {
    const channel = await tx.alertChannel.findUnique({
      where: { projectId_id: { projectId, id: channelId } },
    });
    if (!channel || channel.deletedAt) throw new AppError("NOT_FOUND", "There is no such channel.");
    const tests = await tx.alertDelivery.count({
      where: { projectId, channelId, kind: "test", createdAt: { gt: new Date(ctx.now.getTime() - HOUR_MS) } },
    });
    if (tests >= MOST_TESTS_AN_HOUR)
      throw new AppError("LIMIT", "A channel can be tested ten times an hour.", { retryAfterSeconds: 600 });
    const lines = [
      `This is what alerts about ${place.project.name} will look like here.`,
      "Nothing is wrong, and nobody has to do anything.",
    ];
    const message = plainMessage(`Test of “${channel.name}”`, lines, place, "/setting/alert");
    await writeAudit(tx, ctx, {
      action: "alert-channel.test",
      objectKind: "alert_channel",
      objectId: channelId,
      details: { name: channel.name },
    });
    const plan = { dueAt: new Date(0), heldFor: null };
    return insertDelivery(tx, {
      projectId,
      channelId,
      key: `test:${newId()}`,
      kind: "test",
      message,
      plan,
      now: ctx.now,
    });
  });
  if (id === null) throw new Error("A test has a key of its own.");
  return tryNow(projectId, id);
}
