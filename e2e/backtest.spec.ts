import { expectAccessible, expectFits } from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage, reloadPage } from "./open-page";

// Twenty draws take seconds, but on a busy machine other work goes first.
test.setTimeout(240_000);

test("a manager asks when the loss would have been noticed, leaves, comes back and reads the answer", async ({
  page,
  degraded,
}) => {
  const { slug } = degraded;
  await openPage(page, `/${slug}/backtest`);
  await expect(page.getByText("Judged outputs")).toBeVisible();
  await expectAccessible(page, "backtests");
  await expectFits(page, "backtests");

  // Only one at a time: on the other screen size the same story may be under way.
  await expect(async () => {
    await openPage(page, `/${slug}/backtest`);
    await page.getByRole("spinbutton", { name: "Reviews a week" }).fill("60");
    await page.getByLabel("Random draws").fill("20");
    await page.getByLabel("Random draws").press("Enter");
    await expect(page).toHaveURL(/\/backtest\/[0-9a-f-]{36}$/, { timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
  const address = page.url();

  await openPage(page, `/${slug}/accuracy`);
  await openPage(page, `/${slug}/backtest`);
  await page.locator(`table a[href="${new URL(address).pathname}"]`).click();
  await expect(page.getByRole("heading", { name: "With 60 reviews a week" })).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByText(/loss in all outputs together .+ would have been noticed in/)).toBeVisible();
  await expect(page.getByText(/^Without any loss .+ of 20 draws raised a false alarm/)).toBeVisible();

  const table = page.getByRole("table", { name: "When each segment's loss would have been noticed" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await table.getByRole("button", { name: "channel mail" }).click();
  await expect(page.getByRole("heading", { name: "channel mail" })).toBeVisible();
  await expect(page).toHaveURL(/segment=channel/);
  await reloadPage(page);
  await expect(page.getByRole("figure", { name: /^channel mail: accuracy and alarms/ })).toBeVisible();
  await expectAccessible(page, "result of a backtest");
  await expectFits(page, "result of a backtest");

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(new RegExp(`/${slug}/backtest$`));
  await expect(page.locator(`a[href="${new URL(address).pathname}"]`)).toHaveCount(0);
});

test("a project in which nothing was judged says what is missing", async ({ page, project }) => {
  const { slug } = await project();
  await openPage(page, `/${slug}/backtest`);
  await expect(page.getByRole("heading", { name: "Nothing has been judged yet" })).toBeVisible();
  await expect(page.getByText(/a backtest needs 300/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Start" })).toHaveCount(0);
  await expectAccessible(page, "no backtest");
});
