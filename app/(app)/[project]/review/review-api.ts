import { fetchJson } from "@/components/ui/fetch-json";
import type {
  Claimed,
  Heartbeat,
  QueueName,
  RevealedOutput,
  ReviewQueueStatus,
  SavedReview,
  UndoneReview,
} from "@/lib/review/wire-schema";
import type { OutboxEntry } from "./outbox";

/** An answer that takes longer is as good as none: everything here can be asked again. */
const PATIENCE_MS = 20_000;

export type ReviewApi = ReturnType<typeof reviewApi>;

export interface Lease {
  slot_id: string;
  lease_token: string;
}

/**
 * The calls of the review screen for one queue, typed by the schemas that the server answers with. What takes, decides or undoes
 * names its person: whoever else is signed in by then must not do it for them.
 */
export function reviewApi(
  { slug, queue, owner }: { slug: string; queue: QueueName; owner: string },
  watched: <T>(asked: () => Promise<T>) => Promise<T>,
) {
  const base = `/api/v1/projects/${slug}/reviews`;
  const post = <T>(path: string, body: unknown) =>
    watched(() =>
      fetchJson<T>(`${base}/${path}`, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) }),
    );
  return {
    queue: () =>
      watched(() =>
        fetchJson<ReviewQueueStatus>(`${base}/queue?queue=${queue}&as=${owner}`, {
          signal: AbortSignal.timeout(PATIENCE_MS),
        }),
      ),
    claim: (prefetch: boolean, resume: Lease | undefined) =>
      post<Claimed>("claim", { queue, prefetch, as: owner, ...(resume ? { resume } : {}) }),
    heartbeat: (leases: (Lease & { shown: boolean })[]) =>
      post<Heartbeat>("heartbeat", {
        leases,
        as: owner,
      }),
    reveal: (lease: Lease, answerSchemaId: string, answer: unknown) =>
      post<RevealedOutput>("reveal", {
        slot_id: lease.slot_id,
        lease_token: lease.lease_token,
        answer_schema_id: answerSchemaId,
        answer,
        as: owner,
      }),
    submit: (body: OutboxEntry["body"]) => post<SavedReview>("submit", { ...body, as: owner }),
    skip: (body: OutboxEntry["body"]) => post<SavedReview>("skip", { ...body, as: owner }),
    undo: (body: OutboxEntry["body"]) => post<UndoneReview>("undo", { ...body, as: owner }),
    /** While the page goes away: nobody waits for the answer. */
    release: (leases: Lease[]) => {
      fetch(`${base}/release`, {
        method: "POST",
        keepalive: true,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ leases }),
      }).catch(() => undefined);
    },
  };
}
