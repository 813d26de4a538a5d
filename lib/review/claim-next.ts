import type { Ctx } from "@/lib/core/ctx";
import { LEASE_SECONDS, nextItem } from "./claim-slot";
import { queueStatus } from "./queue-status";
import { itemJson, queueJson } from "./review-json";
import type { Claimed } from "./schema";

/** The next item for this person, or why there is none. */
export async function claimNext(ctx: Ctx, leaseSeconds = LEASE_SECONDS): Promise<Claimed> {
  const item = await nextItem(ctx, { leaseSeconds });
  if (item) return { item: itemJson(item), queue: null };
  return { item: null, queue: queueJson(await queueStatus(ctx)) };
}
