import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";

const filterField = (page: Page) => page.getByRole("combobox", { name: "Filter the outputs" });
const count = (page: Page) => page.getByRole("status").filter({ hasText: /outputs?$/ });

test("outputs are found, seen, taken away and kept as a view by keys alone", async ({
  page,
  degraded,
  admin,
}, info) => {
  test.skip(info.project.name === "phone", "a phone has no keys");
  const { slug } = degraded;
  await openPage(page, `/${slug}/output`);
  await filterField(page).focus();
  await page.keyboard.type("chan");
  await expect(page.getByRole("option", { name: /^channel=/ }).first()).toBeVisible();
  await expectAccessible(page, "outputs with suggestions");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(filterField(page)).toHaveValue("channel=");
  await page.keyboard.type("sc");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  // Who types on while the list comes loses no letter.
  await page.keyboard.type("verdict=wrong verison=2.4");
  await expect(page).toHaveURL(/segment=channel%3Dscan/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").getByText("did you mean", { exact: false })).toContainText(
    "There is no attribute verison; did you mean version?",
  );
  await expect(filterField(page)).toHaveAttribute("aria-invalid", "true");
  for (let letters = "verison=2.4".length; letters > 0; letters -= 1) await page.keyboard.press("Backspace");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/verdict=incorrect/);
  const { outputs } = await admin.api.get<{ outputs: { external_id: string }[] }>(
    `/api/v1/projects/${slug}/outputs?segment=channel%3Dscan&verdict=incorrect&limit=200`,
  );
  expect(outputs.length).toBeGreaterThan(1);
  await expect(count(page)).toHaveText(`${outputs.length} outputs`);
  await page.getByRole("button", { name: "Columns" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "channel" }).press("Enter");
  // The menu stays open; a key that comes while the table changes may be lost.
  await expect(async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toBeHidden({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("columnheader", { name: "channel" })).toBeVisible();
  await page.getByRole("button", { name: "Export" }).focus();
  await page.keyboard.press("Enter");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^CSV/ }).press("Enter"),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual(outputs.map((each) => each.external_id));
});

test("a view is saved, opened, renamed, deleted and brought back", async ({ page, degraded }, info) => {
  test.skip(info.project.name === "phone", "one screen is enough");
  await openPage(page, `/${degraded.slug}/output?verdict=incorrect&column=version`);
  const views = page.getByRole("button", { name: "Saved views" });
  await views.click();
  await page.getByRole("menuitem", { name: "Save this view" }).click();
  const name = page.getByLabel("Name", { exact: true });
  // The dialog puts the focus there; what is pressed before goes elsewhere.
  await expect(name).toBeFocused();
  await name.fill("Wrong ones");
  await name.press("Enter");
  await expect(page.getByText("“Wrong ones” is saved")).toBeVisible();
  await openPage(page, `/${degraded.slug}/output`);
  await views.click();
  await page.getByRole("menuitem", { name: "Wrong ones" }).click();
  await expect(page).toHaveURL(/\/output\?verdict=incorrect&column=version$/);
  await views.click();
  await page.getByRole("menuitem", { name: "Rename or delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Saved views" });
  await dialog.getByLabel("Name of Wrong ones").fill("To look at");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await dialog.getByRole("button", { name: "Delete To look at" }).click();
  await expect(dialog.getByText("There are none left.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(dialog.getByLabel("Name of To look at")).toBeVisible();
});
