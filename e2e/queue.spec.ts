import { readFileSync } from "node:fs";
import { expectAccessible, expectFits } from "./accessibility";
import { expect, test } from "./fixtures";
import { judgeQueue } from "./judge";
import { openPage } from "./open-page";
import { letter } from "./project";
import { shownItem } from "./review-hands";

test("outputs picked by hand are looked at apart from the samples, and what was found is there to learn from", async ({
  page,
  project,
  reviewerPage,
  reviewer,
}, info) => {
  const made = await project();
  await made.sender.outputs([
    letter("first", "order", "order"),
    letter("second", "order", "invoice"),
    letter("third", "reminder", "reminder"),
  ]);
  const theirs = await reviewerPage(made);
  const truths = { first: "order", second: "order", third: "reminder" } as const;
  await judgeQueue(reviewer.api, made.slug, (reference) => ({ kind: truths[reference as "first"] }));

  await openPage(page, `/${made.slug}/output`);
  await page.getByRole("checkbox", { name: "Mark second" }).check();
  await page.getByRole("checkbox", { name: "Mark third" }).check();
  await expectAccessible(page, "outputs with marks");
  await page.getByRole("button", { name: "Have 2 looked at" }).click();
  await page.getByLabel("What should people look at?").fill("Is the order taken for an invoice?");
  await expectAccessible(page, "asking about outputs");
  await page.getByRole("button", { name: "Put them in the queue" }).click();
  await expect(page.getByText("2 outputs picked to be looked at")).toBeVisible();

  await openPage(theirs, `/${made.slug}/review`);
  await expect(theirs.getByText("Hand-picked, 2 waiting")).toBeVisible();
  await expect(theirs.getByText("These never count in any accuracy.")).toBeVisible();
  await theirs.getByRole("link", { name: "Look at them" }).click();
  await expect(theirs.getByText("what you say here never counts in any accuracy")).toBeVisible();
  await expect(theirs.getByText("Is the order taken for an invoice?")).toBeVisible();
  const shown = await shownItem(theirs);
  await expectAccessible(theirs, "a hand-picked output");
  if (info.project.name === "phone") await expectFits(theirs, "a hand-picked output");
  const form = theirs.getByRole("form", { name: "Your answer" });
  await form.getByText(truths[shown as "second"], { exact: true }).click();
  await theirs.getByRole("button", { name: "Show the output" }).click();
  await theirs.getByRole("button", { name: "Submit and next" }).click();
  await shownItem(theirs, shown);
  await expect(theirs.getByText("All saved")).toBeVisible();
  await theirs.close();

  await openPage(page, `/${made.slug}/output/picked`);
  await expectAccessible(page, "questions");
  await page.getByRole("link", { name: "Is the order taken for an invoice?" }).click();
  await expect(page.getByRole("heading", { name: "Is the order taken for an invoice?" })).toBeVisible();
  await expect(page.getByText("Robin Reviewer").first()).toBeVisible();
  await expectAccessible(page, "what was found");
  if (info.project.name === "phone") await expectFits(page, "what was found");
});

test("a manager pauses people and the queue, gives out parts, takes back an item, and undoes it", async ({
  page,
  project,
  reviewerPage,
}, info) => {
  const made = await project();
  await made.sender.outputs([
    letter("mail-1", "order", "order"),
    letter("mail-2", "invoice", "invoice"),
    letter("mail-3", "reminder", "reminder"),
  ]);
  const theirs = await reviewerPage(made);
  await openPage(theirs, `/${made.slug}/review`);
  await shownItem(theirs);

  await openPage(page, `/${made.slug}/queue`);
  const holds = page.getByRole("region", { name: "On people's screens now" });
  await expect(holds.getByRole("row").filter({ hasText: "Robin Reviewer" }).first()).toBeVisible();
  await expect(page.getByText("Nobody has reviewed in the last four weeks")).toBeVisible();
  await expectAccessible(page, "the queue");
  if (info.project.name === "phone") await expectFits(page, "the queue");
  // Away from the screen: what it holds comes free, and nothing new is claimed while things are changed.
  await theirs.goto(`/account`);

  const pauseRobin = async () => {
    await page.getByRole("button", { name: "Change what Robin Reviewer is given" }).click();
    await page.getByRole("switch", { name: "Paused" }).check();
    await page.getByLabel("Goal: reviews a week (optional)").fill("40");
    await page.getByRole("button", { name: "Save" }).click();
  };
  const people = page.getByRole("region", { name: "Who reviews" });
  const robin = people.getByRole("row").filter({ hasText: "Robin Reviewer" });
  await pauseRobin();
  await expect(robin).toContainText("0 of 40");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(robin).not.toContainText("0 of 40");
  await expect(people.getByText("Paused")).toHaveCount(0);
  await pauseRobin();
  await expect(robin).toContainText("0 of 40");
  await openPage(theirs, `/${made.slug}/review`);
  await expect(theirs.getByRole("heading", { name: "You are paused" })).toBeVisible();
  await expectAccessible(theirs, "paused");

  await page.getByRole("button", { name: "Change what Robin Reviewer is given" }).click();
  await expectAccessible(page, "what a person is given");
  await page.getByRole("switch", { name: "Paused" }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(people.getByText("Paused")).toHaveCount(0);
  await page.getByRole("button", { name: "Pause the queue" }).click();
  await expect(page.getByText("The queue is paused for everybody")).toBeVisible();
  await openPage(theirs, `/${made.slug}/review`);
  await expect(theirs.getByRole("heading", { name: "The queue is paused" })).toBeVisible();
  await page.getByRole("button", { name: "Let the queue go on" }).click();
  await expect(page.getByText("The queue is paused for everybody")).toHaveCount(0);
  await openPage(theirs, `/${made.slug}/review`);
  await shownItem(theirs);
});

test("judged outputs are downloaded with their labels and weights", async ({
  page,
  project,
  reviewerPage,
  reviewer,
}) => {
  const made = await project();
  await made.sender.outputs([letter("one", "order", "order"), letter("two", "order", "invoice")]);
  await reviewerPage(made);
  await judgeQueue(reviewer.api, made.slug, () => ({ kind: "order" }));
  const rows = async (include: string[]) => {
    await openPage(page, `/${made.slug}/output`);
    await page.getByRole("button", { name: "Dataset" }).click();
    for (const name of include) await page.getByRole("checkbox", { name }).check();
    await expectAccessible(page, "asking for the dataset");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-dataset-\d{4}-\d{2}-\d{2}\.jsonl$/);
    const text = readFileSync(await download.path(), "utf8");
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  await expect(async () => {
    const verdicts = (await rows(["Samples judged beyond the counted part"])).map(({ id, verdict }) => [
      id,
      verdict,
    ]);
    expect(Object.fromEntries(verdicts)).toEqual({ one: "correct", two: "incorrect" });
  }).toPass({ timeout: 90_000 });
});
