/* What a movement of a finger means. Pure; the listener is in attach-swipe.ts. */

export type SwipeDirection = "left" | "right";

export interface Movement {
  /** Pixels since the finger came down. */
  dx: number;
  dy: number;
  /** Of what is swiped. */
  width: number;
}

/** Less is a tap that trembles. */
const DECIDED_PX = 12;
const FLAT = 2;

/** Whether a movement scrolls or swipes; null while it is too small to tell. */
export function axisOf({ dx, dy }: Pick<Movement, "dx" | "dy">): "scroll" | "swipe" | null {
  if (Math.hypot(dx, dy) < DECIDED_PX) return null;
  return Math.abs(dx) > FLAT * Math.abs(dy) ? "swipe" : "scroll";
}

/** How far a swipe has to go. */
export function swipeDistance(width: number): number {
  return Math.min(160, Math.max(80, width / 4));
}

/**
 * The direction of a whole swipe; null when it was too short or not flat. How long it took does not matter: while the word is
 * coloured, letting go does what it says.
 */
export function swipeOf(movement: Movement): SwipeDirection | null {
  const { dx, width } = movement;
  if (axisOf(movement) !== "swipe" || Math.abs(dx) < swipeDistance(width)) return null;
  return dx < 0 ? "left" : "right";
}
