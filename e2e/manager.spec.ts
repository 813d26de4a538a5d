import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { openPage, reloadPage } from "./open-page";
import { letter } from "./project";

interface AccuracyPoint {
  start: string;
  end: string;
  estimate: { n: number } | null;
}

test("the accuracy page says in one sentence how it stands, and shows it as chart and table", async ({
  page,
  degraded,
}) => {
  await openPage(page, `/${degraded.slug}/accuracy`);
  await expect(page.getByText(/^Accuracy was \d+\.\d % \(.+\).+points below the pilot/)).toBeVisible();
  const figure = page.getByRole("figure", { name: "Accuracy over time" });
  await expect(figure.locator(".recharts-surface").first()).toBeVisible();
  await expect(figure.getByText(/^Pilot \d+\.\d %, with its range$/)).toBeVisible();
  await expect(figure.getByText(/^Must not fall below \d+\.\d %$/)).toBeVisible();
  await figure.getByText("Table", { exact: true }).click();
  await expect(page.getByRole("table", { name: /^Accuracy by (day|week|month)$/ })).toBeVisible();
  await expect(page).toHaveURL(/view=table/);
});

test("the page names where it is worse, and says that the answers changed", async ({ page, degraded }) => {
  await openPage(page, `/${degraded.slug}/accuracy?range=all`);
  await expect(
    page.getByText(/^Of the \d+\.\d points lost, .*\d+\.\d (come )?from worse answers/),
  ).toBeVisible();
  await page.getByRole("group", { name: "Days searched" }).getByText("All", { exact: true }).click();
  await expect(page).toHaveURL(/search=all/);
  const worst = page.getByRole("table", { name: "Segments that are worse than promised" });
  await expect(worst.getByRole("row").nth(1)).toContainText("scan");
  await worst.getByRole("link", { name: "channel scan" }).first().click();
  await expect(page.getByText(/^Accuracy for channel = scan was/)).toBeVisible();
});

test("any two periods are compared: days of one's own choice", async ({ page, degraded }) => {
  const [first = "", , drop = ""] = degraded.weeks;
  await openPage(page, `/${degraded.slug}/accuracy?range=all`);
  await page.getByText("Chosen days").click();
  const card = page.locator("#traffic-or-model");
  for (const [label, day] of [
    ["These days, from", drop],
    ["Compared with, from", first],
  ] as const) {
    await card.getByLabel(label).fill(day);
    await expect(page).toHaveURL(new RegExp(`=${day}\\.\\.`));
  }
  await expect(card.getByText(/^Of the .* points lost, .* worse answers/)).toBeVisible();
  await reloadPage(page);
  await expect(card.getByLabel("Compared with, from")).toHaveValue(first);
  // A last day before the first one takes no effect.
  await card.getByLabel("to", { exact: true }).first().fill(first);
  await expect(page).not.toHaveURL(new RegExp(`later=${drop}\\.\\.${first}`));
});

test("segment, range and order survive a reload and can be shared as an address", async ({
  page,
  degraded,
}) => {
  await openPage(page, `/${degraded.slug}/accuracy`);
  await page
    .getByRole("table", { name: "Accuracy by segment" })
    .getByRole("button", { name: "scan" })
    .click();
  await expect(page.getByText(/^Accuracy for channel = scan was/)).toBeVisible();
  await page
    .getByRole("group", { name: "Range" })
    .or(page.getByRole("radiogroup", { name: "Range" }))
    .getByText("4 weeks")
    .click();
  await expect(page).toHaveURL(/range=4w/);
  await page.getByLabel("Points").selectOption("week");
  await expect(page).toHaveURL(/period=week/);
  await page.getByLabel("Shown against").selectOption("previous");
  await expect(page).toHaveURL(/against=previous/);
  const address = page.url();
  await reloadPage(page);
  await expect(page).toHaveURL(address);
  await expect(page.getByText(/^Accuracy for channel = scan was/)).toBeVisible();
  await expect(page.getByLabel("Points")).toHaveValue("week");
  await page.getByRole("button", { name: "All outputs" }).first().click();
  await expect(page.getByText(/^Accuracy was/)).toBeVisible();
});

test("from a point of the chart to exactly its outputs", async ({ page, degraded, admin }, info) => {
  const { slug } = degraded;
  const { points } = await admin.api.get<{ points: AccuracyPoint[] }>(
    `/api/v1/projects/${slug}/accuracy?attribute=channel&value=scan&period=week`,
  );
  await openPage(
    page,
    `/${slug}/accuracy?segment=${encodeURIComponent("channel=scan")}&period=week&range=all`,
  );
  const chart = page.getByRole("figure", { name: "Accuracy over time" }).locator(".recharts-wrapper");
  await expect(chart).toBeVisible();
  const box = await chart.boundingBox();
  if (!box) throw new Error("The chart has no place on the page.");
  // The last quarter of the plot belongs to the last of four weeks.
  const place = { x: box.width * 0.88, y: box.height * 0.3 };
  if (info.project.name === "phone") {
    await chart.tap({ position: place });
    await page.getByRole("link", { name: "Show its outputs" }).tap();
  } else {
    await chart.click({ position: place });
  }
  await expect(page).toHaveURL(/\/output\?/);
  const shown = new URL(page.url()).searchParams;
  const last = points.at(-1);
  expect(shown.get("from")).toBe(last?.start);
  expect(shown.get("to")).toBe(last?.end);
  await expect(page.getByRole("status").filter({ hasText: `${last?.estimate?.n} outputs` })).toBeVisible();
});

test("the table leads to the same outputs as the chart", async ({ page, degraded, admin }) => {
  const { slug } = degraded;
  const { points } = await admin.api.get<{ points: AccuracyPoint[] }>(
    `/api/v1/projects/${slug}/accuracy?period=week`,
  );
  const first = points[0];
  await openPage(page, `/${slug}/accuracy?period=week&range=all&view=table`);
  await page.getByRole("table", { name: "Accuracy by week" }).getByRole("link").last().click();
  await expect(page).toHaveURL(new RegExp(`from=${first?.start}`));
  await expect(page.getByRole("status").filter({ hasText: `${first?.estimate?.n} outputs` })).toBeVisible();
});

test("the pilot is frozen as the baseline, and stays when the pilot moves on", async ({ page, project }) => {
  const { slug, sender } = await project({ recordedHistory: true });
  const pilot = (from: number, count: number, wrong: number) =>
    Array.from({ length: count }, (_, at) =>
      letter(`pilot-${from + at}`, "invoice", at < wrong ? "order" : "invoice", {
        phase: "pilot",
        occurred_at: new Date(Date.UTC(2026, 2, 2, 9, from + at)).toISOString(),
        ground_truth: { kind: "invoice" },
      }),
    );
  await sender.outputs(pilot(0, 50, 5));
  await untilShown(page, `/${slug}/accuracy`, async () => {
    await expect(page.getByRole("button", { name: "Freeze the baseline" })).toBeVisible({ timeout: 5_000 });
  });
  await page.getByRole("button", { name: "Freeze the baseline" }).click();
  const dialog = page.getByRole("dialog", { name: "Freeze the baseline" });
  await expect(dialog.getByText(/^90\.0 % \(.+\), 50 reviews$/)).toBeVisible();
  await dialog.getByLabel("Remark").fill("End of the pilot");
  await dialog.getByRole("button", { name: "Freeze at 90.0 %" }).click();
  await expect(page.getByText("The baseline is frozen at 90.0 %.")).toBeVisible();

  await sender.outputs(pilot(50, 50, 25));
  await untilShown(page, `/${slug}/accuracy`, async () => {
    await page.getByRole("button", { name: "Baseline", exact: true }).click();
    await expect(page.getByRole("dialog").getByText(/^70\.0 % \(.+\), 100 reviews$/)).toBeVisible({
      timeout: 5_000,
    });
  });
  await expect(
    page.getByRole("dialog").getByText(/as it was frozen on .* by Administrator: 90\.0 %/),
  ).toBeVisible();
  await expect(
    page.getByRole("dialog").getByText("Remark of the frozen one: End of the pilot"),
  ).toBeVisible();
});

test("a change of the sampling plan says what it means before it is saved, and can be taken back", async ({
  page,
  project,
}) => {
  const { slug } = await project({ reviewsPerWeek: 100, expectedPerDay: 100 });
  await openPage(page, `/${slug}/setting/sampling`);
  await expect(page.getByText("Version 1 is in force.")).toBeVisible();
  const meaning = page.getByText("Outputs reviewed").locator("..");
  const before = await meaning.innerText();
  await page.getByLabel("Reviews", { exact: true }).fill("400");
  await expect(page.getByText("What this change would mean")).toBeVisible();
  await expect(meaning).not.toHaveText(before);
  await expect(meaning).toContainText("a week, of 700");
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await expect(page.getByText("The plan is saved")).toBeVisible();
  await expect(page.getByText("Version 2 is in force.")).toBeVisible();
  await reloadPage(page);
  await expect(page.getByLabel("Reviews", { exact: true })).toHaveValue("400");

  await page.getByRole("button", { name: "Use again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Use it again" }).click();
  await expect(page.getByText("Version 3 is in force.")).toBeVisible();
  await expect(page.getByLabel("Reviews", { exact: true })).toHaveValue("100");
});

/** Numbers follow the outputs by a job, on a quiet machine within seconds: the page is opened again until they are there. */
async function untilShown(page: Page, path: string, check: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await openPage(page, path);
    await check();
  }).toPass({ timeout: 90_000 });
}
