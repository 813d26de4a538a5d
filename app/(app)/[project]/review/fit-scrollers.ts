/** Moving up and down, and zooming, stay the browser's. */
export const UP_AND_DOWN = "pan-y pinch-zoom";

/** By the classes that make them: asking every element for its style takes too long in a big tree. */
const SCROLLERS = ["auto", "x-auto", "y-auto"].map((kind) => `[class*="overflow-${kind}"]`).join(",");

/** Whether a finger can move its content sideways; what is only cut off cannot be moved. */
export function movesSideways(each: Element): boolean {
  return each.scrollWidth > each.clientWidth + 2 && scrolls(getComputedStyle(each).overflowX);
}

/**
 * Inside whatever scrolls a browser forgets the touch-action around it, and takes a movement to the side for scrolling even where
 * there is nothing to scroll: it is told again there, as long as nothing overflows to the side. Returns the way to end it.
 */
export function fitScrollers(element: HTMLElement): () => void {
  let frame = 0;
  const fit = () => {
    frame = 0;
    const boxes = [...element.querySelectorAll<HTMLElement>(SCROLLERS)];
    // First everything is measured, then everything is written: one layout instead of many.
    const sideways = boxes.map(movesSideways);
    for (const [index, box] of boxes.entries()) {
      const wanted = sideways[index] ? "" : UP_AND_DOWN;
      if (box.style.touchAction !== wanted) box.style.touchAction = wanted;
    }
  };
  // The style must stand before the finger comes down: it is read at that moment.
  const soon = () => {
    frame ||= requestAnimationFrame(fit);
  };
  const resized = new ResizeObserver(soon);
  const changed = new MutationObserver(soon);
  resized.observe(element);
  changed.observe(element, { subtree: true, childList: true, attributeFilter: ["open", "hidden", "class"] });
  soon();
  return () => {
    cancelAnimationFrame(frame);
    resized.disconnect();
    changed.disconnect();
  };
}

function scrolls(overflow: string): boolean {
  return overflow === "auto" || overflow === "scroll";
}
