import type { Ctx } from "@/lib/core/ctx";
import { LEASE_SECONDS, nextItem } from "./claim-slot";
import { loadItem } from "./leased-item";
import { queueStatus } from "./queue-status";
import { itemJson, queueJson } from "./review-json";
import type { Claimed, QueueName } from "./wire-schema";

interface ClaimOptions {
  leaseSeconds?: number;
  queue?: QueueName;
  resume?: { slotId: string; leaseToken: string } | undefined;
}

/** The item of a lease that still stands, else the next one for this person, or why there is none. */
export async function claimNext(ctx: Ctx, options: ClaimOptions = {}): Promise<Claimed> {
  const { leaseSeconds = LEASE_SECONDS, queue = "review", resume } = options;
  const resumed = resume ? await loadItem(ctx, resume) : null;
  const item = resumed ?? (await nextItem(ctx, { leaseSeconds, queue }));
  if (item) return { item: itemJson(item), queue: null };
  return { item: null, queue: queueJson(await queueStatus(ctx, queue)) };
}
