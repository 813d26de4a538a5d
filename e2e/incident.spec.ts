import { expectAccessible, expectFits } from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";

test("a manager sees an incident, acknowledges, mutes and resolves it, and takes both back", async ({
  page,
  suddenDrop,
}, info) => {
  const { slug, scan, overall } = suddenDrop;
  // Each device has an incident of its own, as a step on one would be seen on the other.
  const [mine, name] = info.project.name === "phone" ? [overall, "All outputs"] : [scan, "channel scan"];
  await openPage(page, `/${slug}`);
  await page.getByRole("link", { name: new RegExp(`^${name} Open Accuracy has been`) }).click();
  await expect(page).toHaveURL(new RegExp(`/incident/${mine.id}$`));
  await expect(page.getByRole("heading", { level: 1, name: `${name}: accuracy has dropped` })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`^\\(\\d+\\) Open: ${name}`));
  const state = (text: string) => page.locator("header").getByText(text, { exact: true });
  const dialog = page.getByRole("dialog");
  const timeline = page.getByRole("heading", { name: "What happened" }).locator("xpath=ancestor::section");

  await page.getByRole("button", { name: "Acknowledge" }).click();
  await dialog.getByLabel("Note").fill("Asking the model team.");
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("You have acknowledged the incident.")).toBeVisible();
  await expect(state("Acknowledged")).toBeVisible();
  await expect(timeline.getByText("Administrator acknowledged it.")).toBeVisible();
  await expect(timeline.getByText("Asking the model team.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Acknowledge" })).toBeHidden();

  await page.getByRole("button", { name: "Mute" }).click();
  await dialog.getByLabel("For three days").check();
  await dialog.getByRole("button", { name: "Mute" }).click();
  await expect(state("Muted")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(state("Acknowledged")).toBeVisible();
  await expect(page.getByRole("button", { name: "Mute" })).toBeVisible();

  await page.getByRole("button", { name: "Resolve" }).click();
  await dialog.getByLabel("Something else").check();
  await expect(dialog.getByRole("button", { name: "Resolve" })).toBeDisabled();
  await dialog.getByLabel("Note").fill("The old version is live again.");
  await dialog.getByRole("button", { name: "Resolve" }).click();
  await expect(state("Resolved")).toBeVisible();
  await expect(timeline.getByText("The old version is live again.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(state("Acknowledged")).toBeVisible();
  await expect(timeline.getByText("Administrator opened it again.")).toBeVisible();
  await page.reload();
  await expect(page).toHaveTitle(new RegExp(`Acknowledged: ${name}`));
});

test("the page of an incident answers since when, how sure, after which release, and which outputs", async ({
  page,
  suddenDrop,
}) => {
  const { slug, scan, dropDay } = suddenDrop;
  // Days that are reviewed together may be closed in any order.
  const late = (Date.parse(scan.change_day) - Date.parse(dropDay)) / 86_400_000;
  expect([0, 1, 2, 3]).toContain(late);
  await openPage(page, `/${slug}/incident/${scan.id}`);
  await expect(page.getByText(/^Accuracy (has been|was) \d+\.\d % \(.+\) (since|from) about/)).toBeVisible();
  await expect(page.getByText("Compare with the version before mail-sorter 3.0")).toBeVisible();
  await expect(
    page.getByText(/on the very day on which it likely began|before it likely began/),
  ).toBeVisible();
  await page.getByText("Show as a table").click();
  await expect(page.getByRole("table", { name: "How sure, day by day" })).toContainText("reported");

  const reviews = page.getByRole("table", { name: "Reviewed outputs behind this incident" });
  await page.getByRole("link", { name: /^Wrong \d+$/ }).click();
  await expect(page).toHaveURL(/show=wrong/);
  await expect(reviews.getByText("Incorrect").first()).toBeVisible();
  await expect(reviews.getByText("Correct", { exact: true })).toHaveCount(0);
  await reviews.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/output\//);
  await expect(page.getByText("Incorrect").first()).toBeVisible();
});

test("the list of incidents is filtered in its address, and the chart leads to the incident", async ({
  page,
  suddenDrop,
}) => {
  const { slug, scan } = suddenDrop;
  await openPage(page, `/${slug}/incident`);
  const table = page.getByRole("table", { name: "Incidents" });
  await expect(table.getByRole("link", { name: "channel scan" })).toBeVisible();
  await expect(table.getByRole("link", { name: "All outputs" })).toBeVisible();
  await page.getByLabel("Segment").selectOption({ label: "channel scan" });
  await expect(page).toHaveURL(/attribute=channel&value=scan/);
  await expect(table.getByRole("link", { name: "All outputs" })).toBeHidden();
  await page.reload();
  await expect(page.getByLabel("Segment").locator("option:checked")).toHaveText("channel scan");
  await openPage(page, `/${slug}/incident?standing=unheard`);
  await expect(page.getByText("This address is not understood")).toBeVisible();

  await openPage(page, `/${slug}/accuracy?segment=${encodeURIComponent("channel=scan")}&period=day`);
  const sign = page
    .getByRole("figure", { name: "Accuracy over time" })
    .getByRole("link", { name: /^Incident: / });
  await expect(sign).toHaveAttribute("href", `/${slug}/incident/${scan.id}`);
  const row = page.getByRole("table", { name: "Accuracy by segment" }).getByRole("row", { name: /scan/ });
  await expect(row.getByRole("link", { name: /incident of channel scan$/ })).toBeVisible();
});

test("incidents are accessible and fit every screen", async ({ page, suddenDrop, project }) => {
  const { slug, scan } = suddenDrop;
  const { slug: empty } = await project({});
  for (const [name, path] of [
    ["the list of incidents", `/${slug}/incident`],
    ["an incident", `/${slug}/incident/${scan.id}`],
    ["no incidents", `/${empty}/incident`],
  ] as const) {
    await openPage(page, path);
    await expectAccessible(page, name);
    await expectFits(page, name);
  }
  await expect(page.getByText("No incident so far")).toBeVisible();
  await expect(page.getByText(/^No monitoring yet\./)).toBeVisible();
  await openPage(page, `/${slug}/incident/${scan.id}`);
  await page.getByRole("button", { name: "Resolve" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "the dialog that resolves");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("button", { name: "Resolve" })).toBeFocused();
});
