/* Each person's choice whether keys without Ctrl act (WCAG 2.1.4): one for the whole house, kept in this browser. */

/** Where a browser keeps the keys of one person; the review screen keeps its own there as well. */
export function keysName(owner: string): string {
  return `assay-review-keys:${owner}`;
}

export function singleKeysOn(owner: string): boolean {
  return kept(owner).on !== false;
}

export function setSingleKeys(owner: string, on: boolean): void {
  const name = keysName(owner);
  try {
    localStorage.setItem(name, JSON.stringify({ ...kept(owner), on }));
  } catch {
    // A full or forbidden store: the keys stay as they are.
  }
  window.dispatchEvent(new StorageEvent("storage", { key: name }));
}

function kept(owner: string): { on?: unknown } {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keysName(owner)) ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
