import type { Page } from "@playwright/test";
import { expectAccessible, expectFits } from "./accessibility";
import { expect, test } from "./fixtures";
import { judgeQueue } from "./judge";
import { openPage } from "./open-page";
import { shownItem, tabTo } from "./review-hands";
import type { RecordBody } from "./sender";

/** A letter over 100.00, and what the system made of it. */
function bill(id: string, total: number, topics: unknown = "payment"): RecordBody {
  return {
    id,
    occurred_at: new Date().toISOString(),
    input: { text: `Letter ${id}: please pay 100.00 EUR for the repair.` },
    output: { total, topics, reply: `We pay ${total} EUR.` },
  };
}

const FIRST_FORM = {
  fields: [{ key: "total", label: "Total", type: "number", output_path: "/total", truth_path: "/total" }],
};

test("a form is tried on outputs and on past reviews, published, answered, and marked on the chart", async ({
  page,
  project,
  admin,
  reviewer,
  reviewerPage,
}, info) => {
  const { slug, sender, ...made } = await project({ secondLooks: 0, form: false });
  const path = `/api/v1/projects/${slug}/answer-schema`;
  await admin.api.post(path, { definition: FIRST_FORM, instructions: "", base_version: 0 });
  await sender.outputs([bill("exact", 100), bill("near", 101), bill("far", 150)]);
  const screen = await reviewerPage({ slug, sender, ...made });
  expect(await judgeQueue(reviewer.api, slug, () => ({ total: 100 }))).toBe(3);
  await sender.outputs([bill("new", 99, ["payment", "complaint"])]);

  await openPage(page, `/${slug}/setting/answer-schema`);
  await expect(page.getByText("/total is there in all of the 4 newest outputs.")).toBeVisible();
  await widenTotal(page);
  await page.getByRole("button", { name: "Try it on past reviews" }).click();
  await expect(
    page.getByText("With this form 33.3 % of past reviews (1 of 3) would change their verdict."),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "near" })).toHaveAttribute("href", /\/output\/[0-9a-f-]{36}$/);

  await addTopicsAndScore(page);
  await page.getByRole("button", { name: "Try it on past reviews" }).click();
  await expect(
    page.getByText(/3 reviews cannot be compared.*“Topics” \(3\), “Is the reply good\?” \(3\)/),
  ).toBeVisible();
  await tryOnNewest(page);
  await expectFits(page, "the editor of the form");
  await expectAccessible(page, "the editor of the form");
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await expect(page.getByText("Version 2 is in force")).toBeVisible();

  await openPage(screen, `/${slug}/review`);
  expect(await shownItem(screen)).toBe("new");
  await answerByHand(screen, info.project.name === "phone");
  await expect(screen.getByRole("heading", { name: "Input of item new" })).toBeHidden();
  const { versions } = await admin.api.get<{ versions: { version: number }[] }>(path);
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);

  await expect(async () => {
    await openPage(page, `/${slug}/accuracy?view=table&period=day`);
    await expect(page.getByText(/^Version 2 of the answer form/)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 90_000 });
  await openPage(page, `/${slug}/accuracy?period=day`);
  await expect(page.getByText("new version of the answer form")).toBeVisible();
});

async function widenTotal(page: Page): Promise<void> {
  const question = page.getByRole("listitem", { name: "Question 1" });
  await question.getByLabel("Or in its own unit").fill("2");
}

async function addTopicsAndScore(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add a question" }).click();
  const topics = page.getByRole("listitem", { name: "Question 2" });
  await topics.getByLabel("Question", { exact: true }).fill("Topics");
  await topics.getByLabel("Kind of answer").selectOption("Any of several");
  await topics.getByLabel("Options, one a line").fill("payment\ncomplaint\nrepair = something broken");
  await topics.getByLabel("Compared with this place in the output").fill("/topics");
  await topics.getByLabel("Close enough, from, in per cent").fill("50");

  await page.getByRole("button", { name: "Add a question" }).click();
  const score = page.getByRole("listitem", { name: "Question 3" });
  await score.getByLabel("Question", { exact: true }).fill("Is the reply good?");
  await score.getByLabel("Kind of answer").selectOption("Score for the output");
  await score.getByLabel("The part of the output that is scored").fill("/reply");
}

/** The form as reviewers will see it, answered by the manager. */
async function tryOnNewest(page: Page): Promise<void> {
  const form = page.getByRole("form", { name: "The form as reviewers see it" });
  await form.getByLabel("Total").fill("100");
  await form.getByText("payment", { exact: true }).click();
  const compared = page.getByRole("list", { name: "Your answer and the output" });
  await expect(compared.getByText("Topics")).toBeVisible();
  await expect(page.getByText("Now score the output")).toBeVisible();
  await page.getByText("5 – Nothing to improve").click();
  await expect(page.getByText("The output counts as right")).toBeVisible();
  await page.getByText("2 – Seriously wrong or incomplete").click();
  await expect(page.getByText("The output counts as wrong")).toBeVisible();
}

/** By keys on a desktop, by touch on a phone: the number and the topics first, the score after the output is shown. */
async function answerByHand(screen: Page, isPhone: boolean): Promise<void> {
  const form = screen.getByRole("form", { name: "Your answer" });
  await expect(form.getByText("Is the reply good?")).toBeHidden();
  if (isPhone) {
    await form.getByLabel("Total").fill("100");
    for (const topic of ["payment", "something broken"]) await form.getByText(topic, { exact: true }).tap();
    await screen.getByRole("button", { name: "Show the output" }).tap();
  } else {
    await tabTo(screen, form.getByLabel("Total"));
    await screen.keyboard.type("100");
    for (const key of ["Enter", "1", "2", "3", "2"]) await screen.keyboard.press(key);
    await expect(form.getByRole("checkbox", { name: "complaint" })).not.toBeChecked();
    await expect(form.getByRole("checkbox", { name: "something broken" })).toBeChecked();
    await screen.keyboard.press("Enter");
  }
  await expect(screen.getByText("Now score the output")).toBeVisible();
  await expect(screen.getByRole("region", { name: "What is to be scored" })).toHaveText("We pay 99 EUR.");
  await expectAccessible(screen, "the output to be scored");
  if (isPhone) {
    await screen.getByRole("button", { name: "Submit and next" }).tap();
    await expect(screen.getByText("Please score the output.")).toBeVisible();
    await screen.getByText("4 – Good, with blemishes").tap();
  } else {
    await screen.keyboard.press("Enter");
    await expect(screen.getByText("Please score the output.")).toBeVisible();
    await screen.keyboard.press("4");
  }
  // One of three topics is shared: less than half.
  await expect(
    screen.getByText(/^2 of 3 answers are right: 67 % of the weight, 100 % needed\.$/),
  ).toBeVisible();
  await expect(screen.getByText("only the output", { exact: true })).toBeVisible();
  if (isPhone) await screen.getByRole("button", { name: "Submit and next" }).tap();
  else await screen.keyboard.press("Enter");
}
