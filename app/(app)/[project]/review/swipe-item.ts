import { attachSwipe } from "./attach-swipe";
import type { HeldItem } from "./review-state";
import { swipeMeaning } from "./swipe-meaning";

export interface ItemSwipe {
  held: HeldItem;
  onAnswer: (field: string, value: string | boolean) => void;
  onSubmit: () => void;
}

/** Swiping over an item; the newest state is asked for at every movement. */
export function attachItemSwipe(element: HTMLElement, now: () => ItemSwipe): () => void {
  return attachSwipe(element, () => {
    const { held, onAnswer, onSubmit } = now();
    return {
      label: (direction) => swipeMeaning(held, direction)?.label ?? null,
      onSwipe: (direction) => {
        const meaning = swipeMeaning(held, direction);
        if (meaning?.do === "answer") onAnswer(meaning.field, meaning.value);
        else if (meaning) onSubmit();
      },
    };
  });
}
