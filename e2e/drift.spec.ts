import { expect, test } from "./fixtures";
import { madeOnce } from "./made-once";
import { makeMovedHistory } from "./moved-history";
import { openPage } from "./open-page";

test("inputs: nothing yet, what moved with how right it is there, and a silence that is asked for", async ({
  page,
  admin,
  project,
  serverURL,
}) => {
  // The worker counts inputs once a minute.
  test.setTimeout(240_000);
  const moved = madeOnce("moved-history", () => makeMovedHistory(admin.api, serverURL));

  const { slug: empty, sender } = await project();
  await openPage(page, `/${empty}/input`);
  await expect(page.getByText("Nothing has come in yet")).toBeVisible();
  await openPage(page, `/${empty}/input/drift`);
  await expect(page.getByText("There is no pilot to compare with yet")).toBeVisible();
  await sender.outputs([
    { id: "first", occurred_at: new Date().toISOString(), input: { text: "a" }, output: { kind: "order" } },
  ]);
  await openPage(page, `/${empty}/input`);
  await page.getByLabel("Say so when nothing has come for").selectOption("6");
  await expect(page.getByText("Changed.")).toBeVisible();
  // Somebody looks: no banner says that nobody does, and nothing is silent.
  await expect(page.getByText(/Nothing has come in since|not known whether/)).toHaveCount(0);

  const { slug, movedOn } = await moved;
  await expect(async () => {
    await openPage(page, `/${slug}/input/drift`);
    await expect(page.getByText(/^channel moved; accuracy of that group is/)).toBeVisible({ timeout: 2_000 });
    await expect(page.getByText(/still to be counted/)).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 150_000, intervals: [5_000] });
  await expect(page.getByText(/^channel moved; accuracy of that group is/)).toHaveText(
    /accuracy of that group is \d+ % \(\d+ to \d+ %, \d+ reviewed\); it had hardly any such outputs before, when all together were \d+ %/,
  );
  await expect(page.getByText(/^A value that the pilot never had in 25 % of outputs/).first()).toBeVisible();
  const findings = page.getByRole("listitem").filter({ hasText: "still moved" });
  await expect(findings).toHaveCount(1);
  await expect(findings).toContainText("pages");
  await expect(findings).toContainText("A field is filled in less often than in the pilot.");
  await expect(findings).toContainText(String(Number(movedOn.slice(8))));

  // The bin leads to its outputs, and drift by itself is no incident about the inputs.
  await page.getByRole("link", { name: "fax" }).first().click();
  await expect(page).toHaveURL(/field=/);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const { incidents } = await admin.api.get<{ incidents: { kind: string }[] }>(
    `/api/v1/projects/${slug}/incidents`,
  );
  expect(incidents.filter(({ kind }) => kind !== "accuracy_drop")).toEqual([]);
});
