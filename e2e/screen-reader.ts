import { type CDPSession, expect, type Page } from "@playwright/test";

/** What a person hears who cannot see the page, and where the keyboard is. */
export interface ScreenReader {
  /** What live regions have said since the last call. */
  heard(): Promise<string[]>;
  /** Role and name of what has the focus; it must be seen that it has. */
  focus(): Promise<string>;
  /** Everything that takes the focus says what it is and how it is called. */
  expectNamed(step: string): Promise<void>;
}

interface AxNode {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  properties?: { name: string; value: { value?: unknown } }[];
}

/** Places rather than controls: they take the focus without a name of their own. */
const PLACES = new Set(["RootWebArea", "main"]);
const NO_ROLES = new Set(["generic", "none", "presentation", ""]);

/** Begins with what the page is when it is called; to be called once for a page. */
export async function screenReaderOn(page: Page): Promise<ScreenReader> {
  await page.addInitScript(listen);
  await page.evaluate(listen);
  const browser = await page.context().newCDPSession(page);
  const words = ({ role, name }: AxNode) => `${role?.value ?? ""} "${name?.value ?? ""}"`;
  return {
    heard: () => page.evaluate(() => (window as { saidAloud?: string[] }).saidAloud?.splice(0) ?? []),
    async focus() {
      const focused = (await nodesOf(browser)).filter((node) => has(node, "focused"));
      expect(await page.evaluate(isFocusSeen), "the focus is seen").toBe("");
      const [first] = focused.filter(({ role }) => role?.value !== "RootWebArea");
      return first ? words(first) : "nothing";
    },
    async expectNamed(step) {
      const nameless = (await nodesOf(browser)).filter((node) => {
        if (!has(node, "focusable") || PLACES.has(node.role?.value ?? "")) return false;
        return NO_ROLES.has(node.role?.value ?? "") || (node.name?.value ?? "").trim() === "";
      });
      expect(nameless.map(words), `${step}: what takes the focus without role or name`).toEqual([]);
    },
  };
}

async function nodesOf(browser: CDPSession): Promise<AxNode[]> {
  const { nodes } = await browser.send("Accessibility.getFullAXTree");
  return (nodes as AxNode[]).filter(({ ignored }) => !ignored);
}

function has({ properties = [] }: AxNode, name: string): boolean {
  return properties.some((each) => each.name === name && each.value.value === true);
}

/** Runs in the page. Only what changes inside a region that was there before is read out, as by real screen readers. */
function listen(): void {
  const kept = window as { saidAloud?: string[] };
  if (kept.saidAloud) return;
  const said: string[] = [];
  kept.saidAloud = said;
  const observer = new MutationObserver((changes) => {
    const came = new Set(changes.flatMap(({ addedNodes }) => [...addedNodes]));
    const regions = new Set<Element>();
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest("[role=status],[role=alert],[aria-live=polite],[aria-live=assertive]");
      if (region && ![...came].some((node) => node.contains(region))) regions.add(region);
    }
    for (const region of regions) if (region.textContent?.trim()) said.push(region.textContent.trim());
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page. Empty when the focus is seen, else what has it. A hidden radio shows it on its label. */
function isFocusSeen(): string {
  const active = document.activeElement;
  if (!active || active === document.body) return "nothing has the focus";
  const shows = [active, active.closest("label"), active.querySelector(":scope > [data-row]")];
  const seen = shows.some((each) => {
    if (!each) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    const { width, height, bottom, top } = each.getBoundingClientRect();
    const inView = width > 1 && height > 1 && bottom > 0 && top < window.innerHeight;
    return inView && outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
  });
  return seen ? "" : active.outerHTML.slice(0, 200);
}
