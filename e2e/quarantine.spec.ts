import { expectAccessible, expectFits } from "./accessibility";
import { expect, test } from "./fixtures";
import { judgeQueue } from "./judge";
import { openPage } from "./open-page";
import { KINDS, letter, TEXTS } from "./project";

const contract = (values: readonly string[], version: number) => ({
  definition: { rules: [{ rule: "labels", path: "/output/kind", values, origin: "locked" }] },
  note: "",
  base_version: version,
});

test("quarantine: judged among the others, counted beside them, and decided by group", async ({
  page,
  admin,
  project,
}) => {
  test.setTimeout(300_000);
  const { slug, sender } = await project();
  await openPage(page, `/${slug}/input/quarantine`);
  await expect(page.getByText("Nothing is held back")).toBeVisible();

  await admin.api.post(`/api/v1/projects/${slug}/contract`, contract(KINDS, 0));
  const sound = Array.from({ length: 12 }, (_, at) =>
    letter(`sound-${at}`, "order", at === 0 ? "invoice" : "order"),
  );
  const held = Array.from({ length: 6 }, (_, at) => {
    const made = letter(`held-${at}`, "order", "order");
    return { ...made, output: { kind: at < 4 ? "advert" : "spam" } };
  });
  const { output: _, ...empty } = letter("no-output", "order", "order", { input: { text: "<b>\u202e</b>" } });
  const receipt = await sender.outputs([...sound, ...held, { ...empty } as (typeof held)[number]]);
  expect(receipt).toMatchObject({ accepted: 12, quarantined: 7 });

  // A few seconds later they wait among the others, under the ids that they were sent with.
  const references = new Set<string>();
  await expect(async () => {
    await judgeQueue(admin.api, slug, (reference, input) => {
      references.add(reference);
      const { text } = input as { text: string };
      return { kind: KINDS.find((kind) => TEXTS[kind] === text) ?? "order" };
    });
    expect(references.size).toBe(18);
  }).toPass({ timeout: 120_000, intervals: [1_000] });
  const figures = page
    .getByRole("region")
    .or(page.locator("section"))
    .filter({ hasText: "Accepted and all traffic" });
  await expect(async () => {
    await openPage(page, `/${slug}/input/quarantine`);
    await expect(page.getByText("Leaving quarantine out would show 91.7 % instead of 61.1 %.")).toBeVisible({
      timeout: 2_000,
    });
  }).toPass({ timeout: 120_000, intervals: [1_000] });
  await expect(page.getByText(/^1 record that nobody can judge/)).toBeVisible();
  await expectAccessible(page, "quarantine");
  await expectFits(page, "quarantine");

  // Only one reason, then only the time in which it came: the address keeps both.
  const group = page.getByRole("row").filter({ hasText: "an answer that it may not give" }).first();
  await group.getByRole("link", { name: /may not give/ }).click();
  await expect(page.getByText("Only a part is shown")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "The record has no output." })).toHaveCount(0);
  await group.getByRole("link", { name: /^Only .* 6 records$/ }).click();
  await expect(page).toHaveURL(/code=VALUE_UNSEEN_LABEL.*from=.*to=/);
  await expect(group).toContainText("6");
  await expectAccessible(page, "quarantine of one time");
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByText("Only a part is shown")).toHaveCount(0);

  await page.getByRole("link", { name: "no-output" }).click();
  await expect(page.getByText("There is no input and output in it that people could read.")).toBeVisible();
  await expect(page.getByRole("region", { name: "The record as it came" })).toContainText("<b>");
  await openPage(page, `/${slug}/accuracy`);
  await expect(figures.first()).toContainText("91.7 %");
  await expect(figures.first()).toContainText("61.1 %");

  await admin.api.post(`/api/v1/projects/${slug}/contract`, contract([...KINDS, "advert"], 1));
  await openPage(page, `/${slug}/input/quarantine`);
  const labels = page.getByRole("row").filter({ hasText: "an answer that it may not give" });
  await labels.first().getByRole("button", { name: "Judge again" }).click();
  await expect(
    page.getByText("4 records taken over as outputs; 2 still break a rule or cannot be read").first(),
  ).toBeVisible();
  await expect(labels.first()).toContainText("2");
  await labels.first().getByRole("button", { name: "Accept once" }).click();
  // A message that something was done is a dialog, too.
  const dialog = page.getByRole("dialog", { name: /^Accept / });
  await expect(dialog.getByRole("button", { name: "Accept once" })).toBeDisabled();
  await dialog.getByLabel("Why").fill("A campaign of theirs.");
  await dialog.getByRole("button", { name: "Accept once" }).click();
  await expect(dialog).toHaveCount(0);
  const rest = page.getByRole("row").filter({ hasText: "The record has no output." });
  await rest.first().getByRole("button", { name: "Discard" }).click();
  const discarding = page.getByRole("dialog", { name: /^Discard / });
  await discarding.getByLabel("Why").fill("A test.");
  await discarding.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("Nothing is held back")).toBeVisible();
  await expect(
    page.getByText(/4 became outputs by a later contract, 2 were accepted once, 1 w/),
  ).toBeVisible();

  // All that was judged in quarantine counts with the others now, once.
  await expect(async () => {
    await openPage(page, `/${slug}/accuracy`);
    await expect(figures.first()).toContainText("61.1 %", { timeout: 2_000 });
    await expect(figures.first()).not.toContainText("91.7 %", { timeout: 1_000 });
  }).toPass({ timeout: 60_000, intervals: [2_000] });
});
