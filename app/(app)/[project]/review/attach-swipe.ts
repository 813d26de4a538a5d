import { fitScrollers, movesSideways, UP_AND_DOWN } from "./fit-scrollers";
import { axisOf, type SwipeDirection, swipeOf } from "./swipe";
import { swipePill } from "./swipe-pill";

export interface SwipeOptions {
  /** What a direction would do now, in a word; null when nothing. */
  label: (direction: SwipeDirection) => string | null;
  onSwipe: (direction: SwipeDirection) => void;
}

/** The edges belong to the system: back and forward. */
const EDGE_PX = 24;

/**
 * Swiping with a finger over an element. It moves along, unless the person wants less motion; a word says what will happen, and
 * becomes coloured once letting go does it. What scrolls, in either direction, is left alone. Returns the way to end it.
 */
export function attachSwipe(element: HTMLElement, options: () => SwipeOptions): () => void {
  const pill = swipePill();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let start: { id: number; x: number; y: number; swiping: boolean } | null = null;

  const rest = () => {
    start = null;
    element.style.transform = "";
    pill.hide();
  };
  const down = (event: PointerEvent) => {
    // A second finger zooms. The first one begins anew: what it was on before may have gone, and its end with it.
    rest();
    if (!event.isPrimary) return;
    const { clientX: x, clientY: y } = event;
    const edge = x < EDGE_PX || x > window.innerWidth - EDGE_PX;
    if (event.pointerType !== "touch" || edge || isTakenBy(event.target, element)) return;
    start = { id: event.pointerId, x, y, swiping: false };
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
    const reached = swipeOf({ dx, dy, width: element.clientWidth }) !== null;
    if (label) pill.show(dx < 0 ? `← ${label}` : `${label} →`, reached);
    else pill.hide();
  };
  const up = (event: PointerEvent) => {
    if (!start || event.pointerId !== start.id) return;
    const { x, y, swiping } = start;
    rest();
    const movement = { dx: event.clientX - x, dy: event.clientY - y, width: element.clientWidth };
    const direction = swiping ? swipeOf(movement) : null;
    const now = options();
    if (direction && now.label(direction)) now.onSwipe(direction);
  };
  // Vertical movements stay the browser's: it then cancels the pointer, and nothing is swiped.
  element.style.touchAction = UP_AND_DOWN;
  const unfit = fitScrollers(element);
  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: rest } as const;
  for (const [name, listener] of Object.entries(listeners))
    element.addEventListener(name, listener as EventListener);
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      element.removeEventListener(name, listener as EventListener);
    unfit();
    element.style.touchAction = "";
    rest();
    pill.remove();
  };
}

/** Texts are marked, sliders dragged and wide tables scrolled by the same movement. */
function isTakenBy(target: EventTarget | null, within: HTMLElement): boolean {
  for (
    let each = target instanceof Element ? target : null;
    each && each !== within;
    each = each.parentElement
  ) {
    if (each.matches("input:not([type=radio]):not([type=checkbox]), textarea, select")) return true;
    if (movesSideways(each)) return true;
  }
  return (window.getSelection()?.toString() ?? "") !== "";
}
