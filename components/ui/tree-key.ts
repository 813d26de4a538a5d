import type { KeyboardEvent } from "react";

/** Arrow keys in a tree, as everybody knows them from folders; what is closed is not in the document. */
export function treeKey(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  const item = target.closest<HTMLElement>('[role="treeitem"]');
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  // A button inside is pressed by the browser.
  if (event.key === "Enter" && target !== item) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const at = items.indexOf(item);
  const open = item.getAttribute("aria-expanded");
  const toggle = () => item.querySelector<HTMLElement>(":scope > [data-row]")?.click();
  const go = (to: HTMLElement | null | undefined) => to?.focus();
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(items[at + 1]),
    ArrowUp: () => go(items[at - 1]),
    Home: () => go(items[0]),
    End: () => go(items.at(-1)),
    Enter: toggle,
    ArrowRight: () => (open === "false" ? toggle() : open === "true" ? go(items[at + 1]) : undefined),
    ArrowLeft: () =>
      open === "true" ? toggle() : go(item.parentElement?.closest<HTMLElement>('[role="treeitem"]')),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
