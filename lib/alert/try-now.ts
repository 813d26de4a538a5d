import { setTimeout as pause } from "node:timers/promises";
import { database } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { formatDecimal } from "@/lib/core/format";
import type { Attempted } from "./attempted";
import { deliverOne } from "./deliver-due";
import type { TryResult } from "./schema";

/** An attempt takes 15 seconds at most. */
const PATIENCE_MS = 18_000;
const LOOK_MS = 150;

type Outcome = Pick<Attempted, "delivered" | "status" | "detail">;

/** Sends a waiting delivery while a person waits for the result; the worker may have taken it first, then its result counts. */
export async function tryNow(projectId: string, id: string): Promise<TryResult> {
  const db = database();
  const started = performance.now();
  const outcome: Outcome | null =
    (await deliverOne(db, { projectId, id })) ?? (await awaitOther(db, { projectId, id }, started));
  const milliseconds = Math.round(performance.now() - started);
  if (!outcome)
    return {
      delivered: false,
      sentence: "It has not been sent yet; the log shows how it ends.",
      status: null,
      milliseconds,
    };
  const { delivered, status, detail } = outcome;
  const seconds = formatDecimal(milliseconds / 1_000, 1);
  return {
    delivered,
    sentence: delivered ? `Delivered in ${seconds} seconds.` : `Not delivered. ${detail}`,
    status,
    milliseconds,
  };
}

async function awaitOther(
  db: PrismaClient,
  { projectId, id }: { projectId: string; id: string },
  started: number,
): Promise<Outcome | null> {
  while (performance.now() - started < PATIENCE_MS) {
    const delivery = await db.alertDelivery.findUnique({
      where: { projectId_id: { projectId, id } },
      include: { tries: { orderBy: { number: "desc" }, take: 1 } },
    });
    const last = delivery?.tries[0];
    if (delivery && last && delivery.leaseToken === null && last.number > delivery.attemptsBefore)
      return { delivered: delivery.state === "DELIVERED", status: last.status, detail: last.detail };
    await pause(LOOK_MS);
  }
  return null;
}
