import { axisOf, type SwipeDirection, swipeDistance, swipeOf } from "./swipe";

export interface SwipeOptions {
  /** What a direction would do now, in a word; null when nothing. */
  label: (direction: SwipeDirection) => string | null;
  onSwipe: (direction: SwipeDirection) => void;
}

/** The edges belong to the system: back and forward. */
const EDGE_PX = 24;
const PILL =
  "pointer-events-none fixed top-1/3 left-1/2 z-40 -translate-x-1/2 rounded-full border border-line-strong bg-overlay px-5 py-2.5 text-lg font-semibold text-ink shadow-float opacity-0 transition-opacity duration-100 motion-reduce:transition-none";

/**
 * Swiping with a finger over an element. It moves along, unless the person wants less motion; a word says what will happen, and
 * becomes coloured once letting go does it. What scrolls, in either direction, is left alone. Returns the way to end it.
 */
export function attachSwipe(element: HTMLElement, options: () => SwipeOptions): () => void {
  const pill = document.createElement("div");
  pill.className = PILL;
  pill.setAttribute("aria-hidden", "true");
  document.body.append(pill);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let start: { id: number; x: number; y: number; at: number; swiping: boolean } | null = null;

  const rest = () => {
    start = null;
    element.style.transform = "";
    pill.style.opacity = "0";
  };
  const down = (event: PointerEvent) => {
    if (start) return rest();
    const { clientX: x, clientY: y } = event;
    const edge = x < EDGE_PX || x > window.innerWidth - EDGE_PX;
    if (event.pointerType !== "touch" || edge || isTakenBy(event.target, element)) return;
    start = { id: event.pointerId, x, y, at: event.timeStamp, swiping: false };
  };
  const move = (event: PointerEvent) => {
    if (!start || event.pointerId !== start.id) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    if (!start.swiping) {
      const axis = axisOf({ dx, dy });
      if (axis === "scroll") return rest();
      if (axis === null) return;
      start.swiping = true;
    }
    const label = options().label(dx < 0 ? "left" : "right");
    if (!still.matches && label) element.style.transform = `translateX(${Math.round(dx / 3)}px)`;
    const reached = Math.abs(dx) >= swipeDistance(element.clientWidth);
    pill.textContent = label ? (dx < 0 ? `← ${label}` : `${label} →`) : "";
    pill.style.opacity = label ? (reached ? "1" : "0.6") : "0";
    pill.classList.toggle("text-accent-ink", reached);
  };
  const up = (event: PointerEvent) => {
    if (!start || event.pointerId !== start.id) return;
    const { x, y, at, swiping } = start;
    rest();
    const movement = { dx: event.clientX - x, dy: event.clientY - y, ms: event.timeStamp - at };
    const direction = swiping ? swipeOf({ ...movement, width: element.clientWidth }) : null;
    const now = options();
    if (direction && now.label(direction)) now.onSwipe(direction);
  };
  // Vertical movements stay the browser's: it then cancels the pointer, and nothing is swiped.
  element.style.touchAction = "pan-y pinch-zoom";
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: rest } as const;
  for (const [name, listener] of Object.entries(listeners))
    element.addEventListener(name, listener as EventListener);
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      element.removeEventListener(name, listener as EventListener);
    element.style.touchAction = "";
    rest();
    pill.remove();
  };
}

/** Texts are marked, sliders dragged and wide tables scrolled by the same movement. */
function isTakenBy(target: EventTarget | null, within: HTMLElement): boolean {
  for (
    let each = target instanceof HTMLElement ? target : null;
    each && each !== within;
    each = each.parentElement
  ) {
    if (each.matches("input:not([type=radio]):not([type=checkbox]), textarea, select")) return true;
    if (each.scrollWidth > each.clientWidth + 2 && getComputedStyle(each).overflowX !== "visible")
      return true;
  }
  return (window.getSelection()?.toString() ?? "") !== "";
}
