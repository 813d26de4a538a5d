import { fetchJson } from "@/components/ui/fetch-json";
import type {
  Claimed,
  QueueName,
  RevealedOutput,
  ReviewItem,
  ReviewQueueStatus,
  SavedReview,
  UndoneReview,
} from "@/lib/review/wire-schema";
import type { OutboxEntry } from "./outbox";

/** An answer that takes longer is as good as none: everything here can be asked again. */
const PATIENCE_MS = 20_000;

export type ReviewApi = ReturnType<typeof reviewApi>;

/** The calls of the review screen for one queue, typed by the schemas that the server answers with. */
export function reviewApi(slug: string, queue: QueueName) {
  const base = `/api/v1/projects/${slug}/reviews`;
  const post = <T>(path: string, body: unknown) => fetchJson<T>(`${base}/${path}`, { method: "POST", body });
  return {
    queue: () =>
      fetchJson<ReviewQueueStatus>(`${base}/queue?queue=${queue}`, {
        signal: AbortSignal.timeout(PATIENCE_MS),
      }),
    claim: (prefetch: boolean, resume: { slot_id: string; lease_token: string } | undefined) =>
      post<Claimed>("claim", { queue, prefetch, ...(resume ? { resume } : {}) }),
    heartbeat: (leases: { slot_id: string; lease_token: string; shown: boolean }[]) =>
      post<{ leases: { slot_id: string; seconds_left: number | null }[] }>("heartbeat", { leases }),
    reveal: (item: ReviewItem, answer: Record<string, unknown>) =>
      post<RevealedOutput>("reveal", {
        slot_id: item.slot_id,
        lease_token: item.lease_token,
        answer_schema_id: item.form.id,
        answer,
      }),
    send: (entry: OutboxEntry) => post<SavedReview>(entry.path, entry.body),
    undo: (key: string, which: "last" | "deferred") =>
      post<UndoneReview>("undo", { submission_key: key, which }),
    /** While the page goes away: nobody waits for the answer. */
    release: (leases: { slot_id: string; lease_token: string }[]) => {
      fetch(`${base}/release`, {
        method: "POST",
        keepalive: true,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ leases }),
      }).catch(() => undefined);
    },
  };
}
