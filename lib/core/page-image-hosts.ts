/* What a page says to the server in front of it: Next's pages cannot set headers of their own answer. */

type Hosts = Map<string, readonly string[]>;

/** Next bundles its own copy of this module, hence `globalThis`. */
const holder = globalThis as typeof globalThis & { assayImageHosts?: Hosts };

/** Answers that were given up before their page was done leave something behind: not more than this. */
const MOST_KEPT = 1_000;

/** Called by a page, for whoever may see it, before it sends anything: the browser may load images from these hosts. */
export function allowImageHosts(requestId: string, hosts: readonly string[]): void {
  const kept = (holder.assayImageHosts ??= new Map());
  if (hosts.length === 0) return;
  kept.set(requestId, hosts);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
}

/** What the page that answered this request has allowed; once. */
export function takeImageHosts(requestId: string): readonly string[] {
  const hosts = holder.assayImageHosts?.get(requestId) ?? [];
  holder.assayImageHosts?.delete(requestId);
  return hosts;
}
