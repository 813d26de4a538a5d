import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { type AlertChannel, Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { sealChannelSecret } from "./channel-secret";
import { makeSigningSecret, readTarget } from "./check-channel";
import { shownDestination } from "./create-channel";
import type { ChangeChannelInput, SavedChannel } from "./schema";
import { CHANNEL_KINDS } from "./channel-kind";
import { tellOthers } from "./tell-others";

const LONGEST_MUTE_MS = 90 * 86_400_000;

/**
 * Changes a channel. A new destination wipes the secret that was entered for the old one: it is never sent anywhere else, and has to
 * be entered again. @throws AppError NOT_FOUND, INVALID
 */
export async function changeChannel(ctx: Ctx, id: string, input: ChangeChannelInput): Promise<SavedChannel> {
  const projectId = ctx.project.id;
  return inTransaction(ctx.db, async (tx) => {
    const channel = await lockChannel(tx, projectId, id);
    const target = changedTarget(channel, input);
    const until = readMute(input.muted_until, ctx.now);
    await tx.alertChannel.update({
      where: { projectId_id: { projectId, id } },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.routes === undefined ? {} : { routes: input.routes }),
        ...(input.quiet === undefined ? {} : { quiet: input.quiet ?? Prisma.DbNull }),
        ...(input.digest_minute === undefined ? {} : { digestMinute: input.digest_minute }),
        ...(input.weekly === undefined ? {} : { weekly: channel.kind === "EMAIL" && input.weekly }),
        ...(until === undefined ? {} : { mutedUntil: until }),
        ...(input.disabled === undefined
          ? {}
          : {
              disabledAt: input.disabled ? ctx.now : null,
              disabledReason: input.disabled ? "person" : null,
            }),
        ...target.stored,
      },
    });
    await writeAudit(tx, ctx, {
      action: target.wiped ? "alert-channel.move" : "alert-channel.change",
      objectKind: "alert_channel",
      objectId: id,
      details: {
        name: input.name ?? channel.name,
        changed: Object.keys(input)
          .filter((each) => each !== "secret")
          .join(", "),
        ...(target.stored.destination ? { destination: shownDestination(target.stored.destination) } : {}),
        secret_wiped: target.wiped,
      },
    });
    if (target.stored.destination !== undefined && target.moved) {
      const to = shownDestination(target.stored.destination);
      await sayThatItMoved(tx, ctx, { channel, to, wiped: target.wiped });
    }
    return { id, secret: target.made, secret_wiped: target.wiped };
  });
}

/** Where alerts go is changed by one person and matters to all: the other channels say so at once. */
async function sayThatItMoved(
  tx: Tx,
  ctx: Ctx,
  { channel, to, wiped }: { channel: AlertChannel; to: string; wiped: boolean },
): Promise<void> {
  const { slug } = ctx.project;
  const { name } = await tx.project.findUniqueOrThrow({
    where: { id: ctx.project.id },
    select: { name: true },
  });
  const who = ctx.actor.kind === "user" ? ctx.actor.name : "A system";
  await tellOthers(
    tx,
    { projectId: ctx.project.id, channelId: channel.id },
    {
      title: `“${channel.name}” now sends alerts elsewhere`,
      lines: [
        `${who} changed where it sends to: ${to} instead of ${shownDestination(channel.destination)}.`,
        ...(wiped ? ["Its secret was wiped and has to be entered again before anything is sent."] : []),
        "If nobody agreed to that, look at the audit log.",
      ],
      key: `moved:${newId()}`,
      project: { slug, name },
      now: ctx.now,
    },
  );
}

async function lockChannel(tx: Tx, projectId: string, id: string): Promise<AlertChannel> {
  await tx.$queryRaw`
    SELECT id FROM alert_channel WHERE project_id = ${projectId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const channel = await tx.alertChannel.findUnique({ where: { projectId_id: { projectId, id } } });
  if (!channel || channel.deletedAt) throw new AppError("NOT_FOUND", "There is no such channel.");
  return channel;
}

interface ChangedTarget {
  stored: { destination?: string; sealedSecret?: string | null };
  made: string | null;
  moved: boolean;
  wiped: boolean;
}

function changedTarget(channel: AlertChannel, input: ChangeChannelInput): ChangedTarget {
  const { projectId, id, destination: before } = channel;
  const asked = input.destination !== undefined || input.secret !== undefined || input.new_secret === true;
  if (!asked) return { stored: {}, made: null, moved: false, wiped: false };
  const kind = CHANNEL_KINDS.find((each) => each.toUpperCase() === channel.kind);
  if (!kind) throw new Error("A channel is of a kind without a name.");
  const target =
    kind === "slack" && input.destination === undefined
      ? { destination: before, secret: undefined }
      : readTarget(kind, input.destination ?? before, input.secret);
  const { destination } = target;
  const made =
    kind === "webhook" && input.new_secret === true && target.secret === undefined
      ? makeSigningSecret()
      : null;
  const secret = made ?? target.secret;
  // Of Slack's address, which is the secret, only the host is known here: a new one may lead elsewhere.
  const moved = destination !== before || (kind === "slack" && input.destination !== undefined);
  if (secret !== undefined && secret !== null)
    return {
      stored: { destination, sealedSecret: sealChannelSecret({ projectId, id, destination }, secret) },
      made,
      moved,
      wiped: false,
    };
  const wiped = moved && channel.sealedSecret !== null;
  return { stored: moved ? { destination, sealedSecret: null } : {}, made, moved, wiped };
}

function readMute(until: string | null | undefined, now: Date): Date | null | undefined {
  if (until === undefined || until === null) return until;
  const at = new Date(until);
  const ahead = at.getTime() - now.getTime();
  if (ahead > 0 && ahead <= LONGEST_MUTE_MS) return at;
  const sentence =
    ahead > 0 ? "A channel can be muted for at most 90 days." : "The end of the mute is over already.";
  throw new AppError("INVALID", sentence, { fields: { muted_until: sentence } });
}
