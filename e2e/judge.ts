import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { JsonApi } from "./json-api";

interface Item {
  slot_id: string;
  lease_token: string;
  reference: string;
  input: unknown;
  form: { id: string };
}

interface Claimed {
  item: Item | null;
  queue: { empty: { reason: string } | null } | null;
}

/** Somebody who answers the whole queue by the same steps as the screen: claim, answer blind, reveal, submit and next. */
export async function judgeQueue(
  api: JsonApi,
  slug: string,
  answerTo: (reference: string, input: unknown) => Record<string, unknown>,
): Promise<number> {
  const path = `/api/v1/projects/${slug}/reviews`;
  let { item, queue } = await api.post<Claimed>(`${path}/claim`, {});
  let judged = 0;
  while (item) {
    const lease = { slot_id: item.slot_id, lease_token: item.lease_token, answer_schema_id: item.form.id };
    await api.post(`${path}/reveal`, { ...lease, answer: answerTo(item.reference, item.input) });
    const stored = await api.post<{ next: Claimed; primary: boolean }>(`${path}/submit`, {
      ...lease,
      submission_key: randomUUID(),
      active_ms: 4_000,
      claim_next: true,
    });
    expect(stored.primary).toBe(true);
    judged += 1;
    ({ item, queue } = stored.next);
  }
  expect(["all_done", "needs_others"]).toContain(queue?.empty?.reason);
  return judged;
}
