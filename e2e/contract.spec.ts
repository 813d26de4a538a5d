import type { Page } from "@playwright/test";
import { expectAccessible, expectFits } from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage, untilAlive } from "./open-page";
import { KINDS, letter, type TestProject } from "./project";
import type { RecordBody } from "./sender";

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A letter of a country; a third of each kind, right or not. */
function record(at: number, country: string, more: Partial<RecordBody> = {}): RecordBody {
  const kind = KINDS[at % KINDS.length] ?? "order";
  const each = letter(`${more.phase ?? "live"}-${country}-${at}`, kind, kind, more);
  return { ...each, input: { ...(each.input as object), country, pages: 1 + (at % 9) }, ...more };
}

async function sendPilot({ sender }: TestProject): Promise<void> {
  const pilot = Array.from({ length: 400 }, (_, at) =>
    record(at, at % 2 === 0 ? "France" : "Spain", { phase: "pilot", occurred_at: daysAgo(40) }),
  );
  await sender.outputs(pilot);
}

interface Checked {
  quarantined: number;
  results: { reasons?: { code: string; path: string }[] }[];
}

/** What came has to be counted and judged by jobs first; that inputs are to be counted is found once a minute. */
const WORKED_OUT = { timeout: 150_000 };

async function publishFromPilot(page: Page, slug: string): Promise<void> {
  await openPage(page, `/${slug}/setting/contract`);
  await page.getByRole("button", { name: "Read rules off the pilot" }).click();
  await expect(page.getByRole("button", { name: "Publish version 1" })).toBeVisible(WORKED_OUT);
}

test("rules are read off the pilot, loosened while the numbers move, published, compared, and grow with what stays", async ({
  page,
  project,
  admin,
}) => {
  test.slow();
  const made = await project({ recordedHistory: true, reviewsPerWeek: 50_000, expectedPerDay: 50 });
  const { slug, sender } = made;
  await openPage(page, `/${slug}/setting/contract`);
  await expect(page.getByText("There is no contract yet")).toBeVisible();
  await expectAccessible(page, "contract");
  // Too small a pilot says so.
  await page.getByRole("button", { name: "Read rules off the pilot" }).click();
  await expect(page.getByText("No rules could be read off the pilot")).toBeVisible(WORKED_OUT);
  await sendPilot(made);
  await publishFromPilot(page, slug);

  // A rule is tightened by hand, and the rates say at once what that would do; loosened again, it flags nothing.
  const rates = page.getByRole("listitem").filter({ hasText: "A value came that is not on the list." });
  const dialog = page.getByRole("dialog");
  const change = async (values: string) => {
    await page.getByRole("button", { name: /^Change: is one of/ }).click();
    await dialog.getByRole("textbox", { name: "Values" }).fill(values);
    await dialog.getByRole("button", { name: "Change", exact: true }).click();
  };
  await page.getByLabel("Find a field").fill("/input/country");
  await page.getByText("/input/country", { exact: true }).click();
  await change("France");
  await expect(rates).toContainText("50 %");
  await change("France\nSpain");
  await expect(rates).toHaveCount(0);
  await page.getByRole("textbox", { name: "Remark" }).fill("As in the pilot");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("row").filter({ hasText: "As in the pilot" })).toContainText("In force");

  // A new country comes for three weeks; its letters are judged as well as the others.
  await admin.api.patch(`/api/v1/projects/${slug}`, { truth_coverage: "COMPLETE" });
  await sender.outputs(
    Array.from({ length: 600 }, (_, at) =>
      record(at, at % 6 === 0 ? "Italy" : at % 2 === 0 ? "France" : "Spain", {
        occurred_at: daysAgo(22 - Math.floor((21 * at) / 600)),
        ground_truth: { kind: KINDS[at % KINDS.length] },
      }),
    ),
  );
  await sender.post("/api/v1/epochs/close", {});
  await page.getByRole("button", { name: "Try on past outputs" }).click();
  await expect(dialog.getByText("Would be flagged")).toBeVisible();
  await expect(dialog.getByText(/Italy/)).toBeVisible();
  await page.keyboard.press("Escape");
  const suggested = page.getByRole("listitem").filter({ hasText: "“Italy” is new" });
  await expect
    .poll(async () => {
      await page.reload();
      return suggested.filter({ hasText: "No less accurate" }).filter({ hasText: "100 outputs" }).count();
    }, WORKED_OUT)
    .toBe(1);
  await expectAccessible(page, "contract with a suggestion");
  await expectFits(page, "contract with a suggestion");
  await untilAlive(page);
  await suggested.getByRole("button", { name: "Take over" }).click();
  await expect(suggested.getByRole("button", { name: "Taken over below" })).toBeDisabled();
  await page.getByRole("textbox", { name: "Remark" }).fill("Italy is served now");
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Italy is served now" })).toContainText("In force");
  await expect(suggested).toHaveCount(0);
  await page
    .getByRole("row")
    .filter({ hasText: "Italy is served now" })
    .getByRole("button", { name: "1 change" })
    .click();
  await expect(dialog.getByText(/is one of France, Spain, Italy/)).toBeVisible();
});

test("a rule that breaks in mass is one incident with a contract that fits; what was held is judged again", async ({
  page,
  project,
}) => {
  test.slow();
  const made = await project({ reviewsPerWeek: 50 });
  const { slug, sender } = made;
  await sendPilot(made);
  await publishFromPilot(page, slug);
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("row").filter({ hasText: "In force" })).toContainText("1");

  const broken = (at: number): RecordBody => {
    const each = record(at, "France");
    return { ...each, output: { ...(each.output as object), kind: "complaint" } };
  };
  // A version judges what comes in within five seconds of its publication.
  await expect
    .poll(async () => {
      const checked = await sender.post<{ quarantined: number }>("/api/v1/check", [broken(0)]);
      return checked.quarantined;
    }, WORKED_OUT)
    .toBe(1);
  // A few are exceptions, and held back; then it is nearly all of them.
  const few = await sender.outputs(
    Array.from({ length: 100 }, (_, at) => (at < 5 ? broken(at) : record(at, "Spain"))),
  );
  expect(few.quarantined).toBe(5);
  const many = await sender.outputs(
    Array.from({ length: 600 }, (_, at) => (at % 10 === 0 ? record(1000 + at, "Spain") : broken(1000 + at))),
  );
  expect(many).toMatchObject({ quarantined: 0, flagged: 540 });

  await openPage(page, `/${slug}/input`);
  await expect(page.getByRole("alert").filter({ hasText: "Broken in mass since about" })).toBeVisible();
  await expect
    .poll(async () => {
      await openPage(page, `/${slug}`);
      return page.getByText("The contract is broken").count();
    }, WORKED_OUT)
    .toBeGreaterThan(0);
  await page
    .getByRole("link", { name: /The contract is broken/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "The contract is broken" })).toBeVisible();
  await expect(page.getByText("Taken and flagged", { exact: true })).toBeVisible();
  await expect(page.getByText(/may only be .*complaint/).first()).toBeVisible();
  await expectAccessible(page, "contract");
  await expectFits(page, "contract");

  // Somebody insists, and takes it back.
  await page.getByRole("button", { name: "Hold back all the same" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("Until the sender has answered");
  await dialog.getByRole("button", { name: "Hold back" }).click();
  await expect(page.getByText("Held back by decision")).toBeVisible();
  await page.getByRole("button", { name: "Take and flag again" }).click();
  await dialog.getByLabel("Why").fill("It is meant");
  await dialog.getByRole("button", { name: "Take and flag" }).click();
  await expect(page.getByText("Taken and flagged", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Publish as version 2" }).click();
  await expect(page.getByText("Over: contract changed")).toBeVisible();
  await page.getByRole("button", { name: "Judge 5 held records again" }).click();
  await expect(page.getByText("5 records taken over as outputs")).toBeVisible();
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByText("Resolved by itself: the contract was changed.").count();
    }, WORKED_OUT)
    .toBe(1);
  // A new version judges what comes in within five seconds. Whether such letters are out of the ordinary is another question.
  await expect
    .poll(async () => {
      const { quarantined, results } = await sender.post<Checked>("/api/v1/check", [broken(9000)]);
      const broke = results.flatMap(({ reasons = [] }) =>
        reasons.filter(({ code }) => !code.startsWith("OOD_")),
      );
      return { quarantined, kindBreaks: broke.some(({ path }) => path === "/output/kind") };
    }, WORKED_OUT)
    .toEqual({ quarantined: 0, kindBreaks: false });
  const taken = await sender.outputs(Array.from({ length: 50 }, (_, at) => broken(9000 + at)));
  expect(taken).toMatchObject({ received: 50, duplicates: 0, conflicts: 0, quarantined: 0 });
});
