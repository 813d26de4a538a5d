import { DROP_WEEK, WEEKS } from "./degraded-history";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";

interface Point {
  start: string;
  state: string;
  estimate: { mean: number; low: number; high: number; n: number } | null;
  population: number;
}
interface Accuracy {
  points: Point[];
  pilot: { estimate: { mean: number; n: number } } | null;
  totals: { outputs: number; reviews: number };
  now: { start: string; estimate: { mean: number }; gap: { high: number; low: number } | null } | null;
}

test("a drop in one segment is seen in that segment, in the right week, and nowhere else", async ({
  page,
  degraded,
  admin,
}) => {
  const { slug, weeks, reviews } = degraded;
  const read = (query: string) => admin.api.get<Accuracy>(`/api/v1/projects/${slug}/accuracy?${query}`);
  await expect
    .poll(async () => (await read("period=week")).totals.reviews, { timeout: 90_000 })
    .toBeGreaterThanOrEqual(Math.floor(reviews * 0.9));

  const scan = await read("attribute=channel&value=scan&period=week");
  const mail = await read("attribute=channel&value=mail&period=week");
  expect(scan.points.map(({ start }) => start)).toEqual(weeks);
  expect(scan.points.map(({ state }) => state)).toEqual(weeks.map(() => "complete"));
  const pilot = scan.pilot?.estimate.mean ?? 0;
  expect(pilot).toBeGreaterThan(0.9);
  for (const [week, { estimate }] of scan.points.entries()) {
    if (week < DROP_WEEK) expect(estimate?.high, `scan, week ${week}`).toBeGreaterThan(pilot);
    else expect(estimate?.high, `scan, week ${week}`).toBeLessThan(pilot);
  }
  for (const [week, { estimate }] of mail.points.entries())
    expect(estimate?.high, `mail, week ${week}`).toBeGreaterThan(mail.pilot?.estimate.mean ?? 1);
  expect(scan.now?.gap?.high).toBeLessThan(0);
  expect(mail.now?.gap?.high).toBeGreaterThan(0);

  await openPage(page, `/${slug}/accuracy`);
  const segments = page.getByRole("table", { name: "Accuracy by segment" });
  const rowOf = (value: string) => segments.getByRole("row").filter({ hasText: value });
  await expect(rowOf("scan")).toContainText("clearly below the pilot");
  await expect(rowOf("mail")).toContainText("no clear difference");
  // Sorted by the distance from the pilot: the segment to look at comes first.
  await expect(segments.getByRole("row").nth(2)).toContainText("scan");

  await segments.getByRole("button", { name: "scan" }).click();
  await expect(page).toHaveURL(/segment=channel%3Dscan|segment=channel=scan/);
  await expect(page.getByText(/^Accuracy for channel = scan was .* points below the pilot/)).toBeVisible();
  await expect(page.getByText(/2 weeks in a row/)).toBeVisible();
  await expect(page.getByText(/mail-sorter 2\.4 went live/)).toBeVisible();
  expect(WEEKS - DROP_WEEK).toBe(2);
});

test("the numbers of the page are the numbers of the read API, also for a key", async ({
  page,
  degraded,
}) => {
  const { slug, token, weeks } = degraded;
  const answer = await page.request.get(`/api/v1/projects/${slug}/accuracy?period=week`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status()).toBe(200);
  const { points } = (await answer.json()) as Accuracy;
  await openPage(page, `/${slug}/accuracy?period=week&view=table`);
  const rows = page.getByRole("table", { name: "Accuracy by week" }).getByRole("row");
  await expect(rows).toHaveCount(weeks.length + 1);
  for (const [at, { estimate, population }] of points.toReversed().entries()) {
    const row = rows.nth(at + 1);
    await expect(row).toContainText(`${((estimate?.mean ?? 0) * 100).toFixed(1)} %`);
    await expect(row.getByRole("cell").nth(5)).toHaveText(String(estimate?.n));
    await expect(row.getByRole("cell").nth(6)).toHaveText(String(population));
  }
});
