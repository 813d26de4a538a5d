import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";

test("every page and action is found by its name, and by keys that can be switched off", async ({
  page,
  degraded,
}) => {
  test.skip((page.viewportSize()?.width ?? 0) < 768, "the keys of a keyboard");
  const { slug } = degraded;
  await openPage(page, `/${slug}`);
  const search = page.getByRole("combobox", { name: "Search pages and actions" });
  const option = (name: string) => page.getByRole("option", { name: new RegExp(`^${name}`) });

  await page.keyboard.press("Control+k");
  await expect(search).toBeFocused();
  await expect(option("Overview")).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page, "search of pages and actions");
  await page.keyboard.type("zebra");
  await expect(page.getByText("Nothing here is called “zebra”.")).toBeVisible();
  await search.fill("sampl");
  await expect(option("Sampling plan")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/${slug}/setting/sampling$`));
  await expect(search).toHaveCount(0);

  await page.getByRole("button", { name: "Search" }).click();
  await search.fill("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // While the search is closing it still has the keyboard.
  await expect(search).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await search.fill("appearance");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await option("Appearance as the system").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(search).toHaveCount(0);

  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(new RegExp(`/${slug}/incident$`));
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard" });
  await expect(keys.getByText("Search pages and actions")).toBeVisible();
  await expectAccessible(page, "list of keys");
  await keys.getByRole("switch", { name: "Use single keys" }).click();
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);

  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(search).toBeFocused();
  await expect(keys).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/${slug}/incident$`));
  await search.fill("keyboard");
  await page.keyboard.press("Enter");
  await expect(search).toHaveCount(0);
  await keys.getByRole("switch", { name: "Use single keys" }).click();
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);

  // Outside of a project there are the projects and the documentation, section by section.
  await openPage(page, "/docs");
  await page.keyboard.press("Control+k");
  await expect(option("All projects")).toBeVisible();
  await expectAccessible(page, "search outside of a project");
  await search.fill("quarantine");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/docs#quarantine$/);
  await expect(page.getByRole("heading", { name: "Quarantine" })).toBeInViewport();
  await page.getByRole("button", { name: "Search pages and actions" }).click();
  await expect(page.getByRole("option", { selected: true })).toBeVisible();
  await page.keyboard.press("Escape");

  // The review screen has meanings of its own for these letters.
  await openPage(page, `/${slug}/review/diagnostic`);
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page).toHaveURL(new RegExp(`/${slug}/review/diagnostic$`));
});

test("on paper a page has no frame, and the chart comes with its table", async ({ page, degraded }) => {
  test.skip((page.viewportSize()?.width ?? 0) < 768, "a sheet has one width");
  await openPage(page, `/${degraded.slug}/accuracy`);
  const table = page.getByRole("figure", { name: "Accuracy over time" }).getByRole("table");
  await expect(page.locator("figure .recharts-surface").first()).toBeVisible();
  await expect(table).toHaveCount(0);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(table).toBeVisible();
  await expect(page.locator("figure .recharts-surface").first()).toBeVisible();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByText(`/${degraded.slug}/accuracy`)).toBeVisible();
  await expect(page.getByText(/^Printed \d/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Baseline" })).toHaveCount(0);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(ground).toBe("rgb(255, 255, 255)");
  await page.emulateMedia({ media: "screen" });
  await expect(table).toHaveCount(0);
});
