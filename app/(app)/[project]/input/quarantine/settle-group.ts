import { fetchJson } from "@/components/ui/fetch-json";
import { formatCount } from "@/lib/core/format";
import type { HeldQuery } from "@/lib/ingest/held-schema";

export type Deed = { kind: "replay" } | { kind: "accept" | "discard"; note: string };

export interface SettledGroup {
  released: number;
  held: number;
  discarded: number;
}

export interface Watch {
  /** Between two calls: what is done stays done, the rest stays held. */
  signal: AbortSignal;
  onDone: (records: number) => void;
}

/**
 * Calls until the group is done or somebody stops it; a hundred records go in one transaction, so that breaking off in between leaves
 * nothing half done.
 */
export async function settleGroup(
  slug: string,
  group: HeldQuery,
  deed: Deed,
  { signal, onDone }: Watch,
): Promise<SettledGroup> {
  const sum = { released: 0, held: 0, discarded: 0 };
  let after: string | null = null;
  do {
    const settled: SettledGroup & { next: string | null } = await fetchJson(
      `/api/v1/projects/${slug}/quarantine/${deed.kind}`,
      {
        method: "POST",
        body: {
          ...group,
          ...(deed.kind === "replay" ? {} : { note: deed.note }),
          ...(after === null ? {} : { after }),
        },
        parse: async (value) => (await import("@/lib/ingest/held-schema")).settledHeldSchema.parse(value),
      },
    );
    sum.released += settled.released;
    sum.held += settled.held;
    sum.discarded += settled.discarded;
    after = settled.next;
    onDone(sum.released + sum.held + sum.discarded);
  } while (after !== null && !signal.aborted);
  return sum;
}

const records = (count: number) => `${formatCount(count)} ${count === 1 ? "record" : "records"}`;

/** What happened, in one sentence. */
export function settledSentence(deed: Deed, { released, held, discarded }: SettledGroup): string {
  if (deed.kind === "discard") return `${records(discarded)} discarded`;
  const taken = released === 0 ? "No record was taken over" : `${records(released)} taken over as outputs`;
  if (held === 0) return taken;
  return `${taken}; ${held === 1 ? "1 still breaks" : `${formatCount(held)} still break`} a rule or cannot be read`;
}
