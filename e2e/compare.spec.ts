import { expect, test } from "./fixtures";
import { openPage, reloadPage } from "./open-page";

test("two versions side by side, from the flag on the chart to the outputs behind a number", async ({
  page,
  degraded,
}) => {
  const { slug } = degraded;
  await openPage(page, `/${slug}/accuracy?range=all`);
  const chart = page.getByRole("figure", { name: "Accuracy over time" });
  const flag = chart.getByRole("link", { name: "mail-sorter 2.4: compare with the version before" });
  await expect(flag).toBeVisible();
  await flag.press("Enter");
  await expect(page).toHaveURL(/\/accuracy\/compare\?later=2\.4/);
  await expect(
    page.getByText(/^2\.4 is \d+\.\d points worse than 2\.3 \(.+\), on the same traffic by channel\.$/),
  ).toBeVisible();
  const both = page.getByRole("table", { name: "Both versions", exact: true });
  await expect(both.getByRole("row", { name: /^As each was used/ })).toContainText("reviews");
  await expect(both.getByRole("row", { name: /^On the same traffic/ })).toBeVisible();
  await expect(page.getByText(/^Of the \d+\.\d points lost, .*worse answers/)).toBeVisible();

  // Changing places turns the finding around, and the address carries it.
  await page.getByRole("button", { name: "Change places" }).click();
  await expect(page.getByText(/^2\.3 is \d+\.\d points better than 2\.4/)).toBeVisible();
  await reloadPage(page);
  await expect(page.getByText(/^2\.3 is \d+\.\d points better than 2\.4/)).toBeVisible();
  await page.getByRole("button", { name: "Change places" }).click();
  await expect(page.getByText(/^2\.4 is \d+\.\d points worse than 2\.3/)).toBeVisible();

  const scan = page
    .getByRole("table", { name: "Both versions by channel" })
    .getByRole("row", { name: /^scan/ });
  const link = scan.getByRole("link", { name: /reviews of 2\.4: show the outputs/ });
  const reviews = await link.innerText();
  await link.click();
  await expect(page).toHaveURL(/\/output\?/);
  await expect(page.getByRole("status").filter({ hasText: `${reviews} outputs` })).toBeVisible();
});

test("a stretch of the chart is looked at closely, and what differs there is ranked", async ({
  page,
  degraded,
}) => {
  const { slug, weeks } = degraded;
  await openPage(page, `/${slug}/accuracy?range=all&period=week`);
  const chart = page.getByRole("figure", { name: "Accuracy over time" }).locator(".recharts-wrapper");
  await expect(chart).toBeVisible();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (!box) throw new Error("The chart has no place on the page.");
  const at = (share: number) => [box.x + box.width * share, box.y + box.height * 0.4] as const;

  // Escape lets go: nothing is picked, and no outputs are opened.
  await page.mouse.move(...at(0.6));
  await page.mouse.down();
  await page.mouse.move(...at(0.9), { steps: 5 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(page).toHaveURL(/\/accuracy\?range=all&period=week$/);

  // The last two of four weeks, in which scans are misread.
  await page.mouse.move(...at(0.65));
  await page.mouse.down();
  await page.mouse.move(...at(0.95), { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`zoom=${weeks[2]}\\.\\.`));
  const ranked = page.getByRole("table", { name: "Values by their difference from the other days" });
  await expect(ranked.getByRole("row").nth(1)).toContainText("scan");
  await expect(page.getByText(/^Exploratory: /)).toBeVisible();
  await expect(page.getByLabel("Shown from")).toHaveValue(weeks[2] ?? "");

  await page.goBack();
  await expect(ranked).toBeHidden();
  await expect(page).not.toHaveURL(/zoom=/);
  // The same by keys.
  await page.getByRole("button", { name: "Zoom in" }).press("Enter");
  await expect(page).toHaveURL(/zoom=/);
  await page.getByRole("button", { name: "Whole range" }).press("Enter");
  await expect(page).not.toHaveURL(/zoom=/);
});

test("a release is marked by hand, and the mark taken back", async ({ page, project }) => {
  const { slug } = await project({ form: false });
  await openPage(page, `/${slug}/accuracy`);
  await page.getByRole("button", { name: "Mark a release" }).click();
  const dialog = page.getByRole("dialog", { name: "Mark a release" });
  await dialog.getByLabel("Model").fill("mail-sorter");
  await dialog.getByLabel("Version").fill("2.5");
  await dialog.getByRole("button", { name: "Mark it" }).click();
  await expect(page.getByText("2.5 is marked on the chart.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2.5 is no longer marked.")).toBeVisible();
  // With fewer than two versions the page says what makes it worth opening.
  await openPage(page, `/${slug}/accuracy/compare`);
  await expect(page.getByText("No model version is known yet")).toBeVisible();
});
