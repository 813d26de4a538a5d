/** What the reviewers of a concurrency test saw happen, by the database's clock (milliseconds). */
export type LeaseEvent =
  | { kind: "granted"; slotId: string; token: string; reviewer: number; at: number; until: number }
  | { kind: "extended"; slotId: string; token: string; at: number; until: number }
  | { kind: "ended"; slotId: string; token: string; at: number };

export interface StoredFact {
  slotId: string;
  token: string;
  at: number;
  primary: boolean;
}

/** Timestamps are kept in whole milliseconds. */
const ROUNDING_MS = 1;

/** Every pair of leases on one slot that were alive at the same time, in words. */
export function overlappingLeases(events: readonly LeaseEvent[]): string[] {
  const found: string[] = [];
  for (const [slotId, spans] of spansBySlot(events)) {
    const inOrder = spans.sort((a, b) => a.from - b.from);
    let reach = { to: Number.NEGATIVE_INFINITY, token: "" };
    for (const span of inOrder) {
      if (span.token !== reach.token && span.from < reach.to - ROUNDING_MS)
        found.push(`${slotId}: ${span.token} began ${reach.to - span.from} ms before ${reach.token} ended`);
      if (span.to > reach.to) reach = span;
    }
  }
  return found;
}

/** Every primary review whose author's lease was not the newest one of its slot at that moment. */
export function primaryWithoutLease(events: readonly LeaseEvent[], reviews: readonly StoredFact[]): string[] {
  const grants = new Map<string, { token: string; at: number }[]>();
  for (const event of events)
    if (event.kind === "granted") grants.set(event.slotId, [...(grants.get(event.slotId) ?? []), event]);
  return reviews
    .filter((review) => review.primary)
    .flatMap((review) => {
      const known = (grants.get(review.slotId) ?? []).filter((grant) => grant.at <= review.at + ROUNDING_MS);
      const newest = known.sort((a, b) => b.at - a.at)[0];
      return newest?.token === review.token
        ? []
        : [`${review.slotId}: filled under ${review.token}, held under ${newest?.token}`];
    });
}

interface Span {
  token: string;
  from: number;
  to: number;
}

/** A lease lives from its grant until it runs out; a renewal replaces the time left; submit, skip and release end it. */
function spansBySlot(events: readonly LeaseEvent[]): Map<string, Span[]> {
  const cuts = new Map<string, number[]>();
  for (const event of events)
    if (event.kind !== "granted") cuts.set(event.token, [...(cuts.get(event.token) ?? []), event.at]);
  const spans = new Map<string, Span[]>();
  for (const event of events) {
    if (event.kind === "ended") continue;
    const later = (cuts.get(event.token) ?? []).filter((at) => at > event.at);
    const to = Math.min(event.until, ...later);
    if (to <= event.at) continue;
    spans.set(event.slotId, [...(spans.get(event.slotId) ?? []), { token: event.token, from: event.at, to }]);
  }
  return spans;
}
