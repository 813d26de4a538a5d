import { expectAccessible, expectFits } from "./accessibility";
import { addReviewer } from "./add-reviewer";
import { expect, test } from "./fixtures";
import { judgeQueue } from "./judge";
import { openPage } from "./open-page";
import { letter } from "./project";
import { shownItem } from "./review-hands";

test("two people differ, a manager decides without knowing who said what, and the item becomes a known one", async ({
  page,
  project,
  admin,
  browser,
  serverURL,
}, info) => {
  const made = await project({ secondLooks: 1 });
  await made.sender.outputs([letter("disputed", "order", "order"), letter("agreed", "invoice", "invoice")]);
  const [first, second] = [
    await addReviewer(browser, serverURL, admin, made, "Florence First"),
    await addReviewer(browser, serverURL, admin, made, "Sidney Second"),
  ];
  const right = { disputed: "order", agreed: "invoice" } as const;
  await judgeQueue(first, made.slug, (reference) => ({ kind: right[reference as "disputed"] }));
  await judgeQueue(second, made.slug, () => ({ kind: "invoice" }));

  await openPage(page, `/${made.slug}/review`);
  await page.getByRole("link", { name: "1 to decide" }).click();
  await expect(page.getByRole("heading", { name: "Decide between two" })).toBeVisible();
  expect(await shownItem(page)).toBe("disputed");
  const answers = page.getByRole("region", { name: "The two answers" });
  await expect(answers.getByRole("article")).toHaveCount(2);
  await expect(answers.getByText("The output is right")).toHaveCount(1);
  await expect(answers.getByText("The output is wrong")).toHaveCount(1);
  await expect(page.getByRole("main")).not.toContainText(/Florence|Sidney/);
  await expectAccessible(page, "deciding between two");
  if (info.project.name === "phone") await expectFits(page, "deciding between two");

  const rightOne = answers.getByRole("article").filter({ hasText: "The output is right" });
  await rightOne.getByRole("button", { name: /^Take answer/ }).click();
  await expect(page.getByRole("radio", { name: "order" })).toBeChecked();
  await page.getByRole("button", { name: "Compare with the output" }).click();
  await expect(page.getByText("The output counts as right")).toBeVisible();
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByRole("heading", { name: "Nothing to decide" })).toBeVisible();
  await expect(page.getByText("All saved")).toBeVisible();
  // Nobody who has judged it is asked.
  const queue = await first.get<{ left: number }>(
    `/api/v1/projects/${made.slug}/reviews/queue?queue=adjudicate`,
  );
  expect(queue.left).toBe(0);

  await openPage(page, `/${made.slug}/setting/review`);
  const candidates = page.getByRole("region", { name: "Outputs whose right answer is known" });
  await expect(candidates.getByRole("row").filter({ hasText: "disputed" })).toHaveCount(1);
  await expect(candidates.getByText("agreed")).toHaveCount(0);
  await candidates.getByRole("button", { name: "Make a known item of disputed with an error" }).click();
  await expect(page.getByRole("heading", { name: "Known items, 1 in service" })).toBeVisible();
  await expect(page.getByText("Error in “Kind of document”")).toBeVisible();
  await expectAccessible(page, "how reviews are done");
  if (info.project.name === "phone") await expectFits(page, "how reviews are done");
  await first.close();
  await second.close();
});

test("output first: the output stands beside the input, and the change can be taken back", async ({
  page,
  project,
  reviewerPage,
}) => {
  const made = await project({ secondLooks: 0 });
  await made.sender.outputs(Array.from({ length: 4 }, (_, at) => letter(`letter-${at}`, "order", "invoice")));
  await openPage(page, `/${made.slug}/setting/review`);
  const ledBy = page.getByText("Are people led by what they see?");
  const outputFirst = async () => {
    await page.getByRole("radio", { name: "The output comes first" }).check();
    await page.getByLabel("Answered first all the same").fill("0");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(ledBy).toBeVisible();
  };
  await outputFirst();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(ledBy).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "The reviewer answers first" })).toBeChecked();
  await outputFirst();

  const screen = await reviewerPage(made);
  await openPage(screen, `/${made.slug}/review`);
  const reference = await shownItem(screen);
  await expect(screen.getByRole("region", { name: "Output", exact: true })).toContainText(reference);
  await screen.getByRole("form", { name: "Your answer" }).getByText("order", { exact: true }).click();
  await screen.getByRole("button", { name: "Compare with the output" }).click();
  await expect(screen.getByText("The output counts as wrong")).toBeVisible();
  await screen.getByRole("button", { name: "Submit and next" }).click();
  await shownItem(screen, reference);
  await expect(screen.getByText("All saved")).toBeVisible();
});
