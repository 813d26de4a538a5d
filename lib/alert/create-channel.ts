import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { Prisma } from "@/lib/db/generated/client";
import type { ChannelKind } from "@/lib/db/generated/enums";
import { inTransaction } from "@/lib/db/transaction";
import { sealChannelSecret } from "./channel-secret";
import { makeSigningSecret, readTarget } from "./check-channel";
import type { ChannelKindName, CreateChannelInput, SavedChannel } from "./schema";

const KINDS: Record<ChannelKindName, ChannelKind> = {
  slack: "SLACK",
  email: "EMAIL",
  webhook: "WEBHOOK",
  pagerduty: "PAGERDUTY",
};

/**
 * Adds a channel. A webhook without a signing secret of its own gets one, which is in this answer and never again.
 * @throws AppError INVALID when messages may not go there
 */
export async function createChannel(ctx: Ctx, input: CreateChannelInput): Promise<SavedChannel> {
  const projectId = ctx.project.id;
  const id = newId();
  const { destination, secret: given } = readTarget(input.kind, input.destination, input.secret);
  const made = input.kind === "webhook" && given === undefined ? makeSigningSecret() : null;
  const secret = made ?? given ?? null;
  if (input.kind === "pagerduty" && secret === null)
    throw new AppError("INVALID", "Enter the integration key.", {
      fields: { secret: "Enter the integration key." },
    });
  return inTransaction(ctx.db, async (tx) => {
    await tx.alertChannel.create({
      data: {
        projectId,
        id,
        kind: KINDS[input.kind],
        name: input.name,
        destination,
        sealedSecret: secret === null ? null : sealChannelSecret({ projectId, id, destination }, secret),
        routes: input.routes,
        quiet: input.quiet ?? Prisma.DbNull,
        digestMinute: input.digest_minute,
        weekly: input.kind === "email" && input.weekly,
        createdAt: ctx.now,
      },
    });
    await writeAudit(tx, ctx, {
      action: "alert-channel.create",
      objectKind: "alert_channel",
      objectId: id,
      details: { name: input.name, kind: input.kind, destination: shownDestination(destination) },
    });
    return { id, secret: made, secret_wiped: false };
  });
}

/** Of an address only what leads there: its path may be known to nobody else. */
export function shownDestination(destination: string): string {
  return URL.canParse(destination) ? new URL(destination).origin : destination;
}
