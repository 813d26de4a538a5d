/* What a movement of a finger means. Pure; the listener is in attach-swipe.ts. */

export type SwipeDirection = "left" | "right";

export interface Movement {
  /** Pixels since the finger came down. */
  dx: number;
  dy: number;
  ms: number;
  /** Of what is swiped. */
  width: number;
}

/** Less is a tap that trembles. */
const DECIDED_PX = 12;
const FLAT = 2;
/** Slower is reading with a finger on the glass. */
const SLOWEST_MS = 900;

/** Whether a movement scrolls or swipes; null while it is too small to tell. */
export function axisOf({ dx, dy }: Pick<Movement, "dx" | "dy">): "scroll" | "swipe" | null {
  if (Math.hypot(dx, dy) < DECIDED_PX) return null;
  return Math.abs(dx) > FLAT * Math.abs(dy) ? "swipe" : "scroll";
}

/** How far a swipe has to go. */
export function swipeDistance(width: number): number {
  return Math.min(160, Math.max(80, width / 4));
}

/** The direction of a whole swipe; null when it was too short, too slow or not flat. */
export function swipeOf(movement: Movement): SwipeDirection | null {
  const { dx, ms, width } = movement;
  if (axisOf(movement) !== "swipe" || ms > SLOWEST_MS || Math.abs(dx) < swipeDistance(width)) return null;
  return dx < 0 ? "left" : "right";
}
