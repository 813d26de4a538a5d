/** What is fading out is no longer in the way of the next key. */
const OPEN_LAYER = ["dialog", "alertdialog", "menu"].map((role) => `[role="${role}"][data-open]`).join(",");

/** Whether a dialog or a menu has the keyboard now. */
export function layerIsOpen(): boolean {
  return document.querySelector(OPEN_LAYER) !== null;
}
