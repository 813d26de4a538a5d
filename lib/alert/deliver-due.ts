import { log } from "@/lib/core/log";
import type { PrismaClient } from "@/lib/db/generated/client";
import * as z from "zod";
import type { Attempted } from "./attempted";
import { bundleHeld } from "./bundle-held";
import { type Claim, type Claimed, claimDeliveries } from "./claim-deliveries";
import { messageSender, type SendMessage } from "./send-message";
import { settleAttempt } from "./settle-attempt";

/** Longer than the 15 seconds that an attempt may take. */
const LEASE_SECONDS = 45;
/** At once, so that a slow receiver does not keep the others waiting. */
const PARALLEL = 16;
/** News that could not go to a channel for so long, because it was off, is old. */
const STALE_DAYS = 3;

export interface DeliveryParts {
  send: SendMessage;
  /** The database's clock unless a test has one of its own. */
  now: () => Promise<Date>;
  random: () => number;
  leaseSeconds: number;
  parallel: number;
}

/** Sends everything that is due. Any number of processes may do so at once. Returns how many attempts were made. */
export async function deliverDue(db: PrismaClient, given: Partial<DeliveryParts> = {}): Promise<number> {
  const parts = deliveryParts(db, given);
  await bundleHeld(db, await parts.now());
  await giveUpStale(db, await parts.now());
  let made = 0;
  for (;;) {
    const claim = { now: await parts.now(), most: parts.parallel, leaseSeconds: parts.leaseSeconds };
    const claimed = await claimDeliveries(db, claim);
    await Promise.all(claimed.map((each) => attempt(db, each, parts)));
    made += claimed.length;
    if (claimed.length === 0) return made;
  }
}

/** Sends this one now, while somebody waits; null when another process is at it or it is not due. */
export async function deliverOne(
  db: PrismaClient,
  only: NonNullable<Claim["only"]>,
  given: Partial<DeliveryParts> = {},
): Promise<Attempted | null> {
  const parts = deliveryParts(db, given);
  const [claimed] = await claimDeliveries(db, {
    now: await parts.now(),
    most: 1,
    leaseSeconds: parts.leaseSeconds,
    only,
  });
  return claimed ? attempt(db, claimed, parts) : null;
}

function deliveryParts(db: PrismaClient, given: Partial<DeliveryParts>): DeliveryParts {
  return {
    send: messageSender(),
    now: () => databaseNow(db),
    random: Math.random,
    leaseSeconds: LEASE_SECONDS,
    parallel: PARALLEL,
    ...given,
  };
}

async function attempt(db: PrismaClient, claimed: Claimed, parts: DeliveryParts): Promise<Attempted> {
  const startedAt = await parts.now();
  const { projectId, channelId, channelKind, destination, sealedSecret } = claimed;
  const channel = { projectId, id: channelId, kind: channelKind, destination, sealedSecret };
  const { id: deliveryId, kind, event, message, createdAt } = claimed;
  const attempted = await parts.send(channel, { deliveryId, kind, event, message, createdAt }, startedAt);
  const now = await parts.now();
  await settleAttempt(db, claimed, { attempted, startedAt, now, random: parts.random() });
  if (!attempted.delivered)
    log().warn(
      { deliveryId, outcome: attempted.outcome, status: attempted.status },
      "an alert was not delivered",
    );
  return attempted;
}

async function giveUpStale(db: PrismaClient, now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE alert_delivery d SET state = 'DEAD', settled_at = ${now} FROM alert_channel c
    WHERE c.project_id = d.project_id AND c.id = d.channel_id AND d.state IN ('HELD', 'WAITING') AND d.lease_token IS NULL
      AND COALESCE(c.deleted_at, c.disabled_at) < ${now}::timestamptz - make_interval(days => ${STALE_DAYS}::int)`;
}

const clockRow = z.object({ now: z.date() });

async function databaseNow(db: PrismaClient): Promise<Date> {
  const rows = await db.$queryRaw`SELECT clock_timestamp() AS now`;
  return z.tuple([clockRow]).parse(rows)[0].now;
}
