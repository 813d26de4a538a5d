/** A page that many look at asks for the same picture: it is drawn once in this time. Whether it may be seen is asked every time. */
const KEPT_MS = 10_000;
const MOST_KEPT = 500;

const kept = new Map<string, { at: number; picture: Promise<string> }>();

/** The picture of this link, drawn by `draw` when the last one is too old. */
export function keptPicture(linkId: string, now: Date, draw: () => Promise<string>): Promise<string> {
  const at = now.getTime();
  const known = kept.get(linkId);
  if (known && at - known.at < KEPT_MS && at >= known.at) return known.picture;
  const picture = draw();
  kept.delete(linkId);
  kept.set(linkId, { at, picture });
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  picture.catch(() => kept.delete(linkId));
  return picture;
}
