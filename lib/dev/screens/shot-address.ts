import type { Page } from "@playwright/test";
import type { World } from "./make-world";
import type { Shot } from "./shots";

/** Where the page of a picture is; null when the list that should lead to it does not. */
export async function shotAddress(
  page: Page,
  world: Pick<World, "full" | "empty">,
  { in: where, page: pattern, path, first }: Shot,
): Promise<string | null> {
  if (where === "house" || where === "stranger") return path ?? pattern;
  const root = `/${where === "full" ? world.full : world.empty}`;
  if (!first) return `${root}${path ?? pattern.replace("/[project]", "")}`;
  await page.goto(`${root}${first.on}`);
  const link = page.locator(`main a[href*="${root}${first.link}"]:not([href*="?"])`).first();
  return link.getAttribute("href", { timeout: 20_000 }).catch(() => null);
}
