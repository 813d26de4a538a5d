import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";
import { CANARY, letter } from "./project";
import { type Hands, keyboardHands, readLetter, shownItem, touchHands } from "./review-hands";

const LETTERS = [
  letter("right-1", "invoice", "invoice"),
  letter("right-2", "order", "order"),
  letter("right-3", "reminder", "reminder"),
  letter("misread", "reminder", "invoice"),
  letter("mistaken", "order", "reminder"),
];

function handsFor(page: Page, device: string): Hands {
  return device === "phone" ? touchHands(page) : keyboardHands(page);
}

test("blind answer, reveal, overrule with a reason, undo, skip, and the queue is empty", async ({
  page,
  project,
  reviewerPage,
}, info) => {
  const made = await project({ secondLooks: 0 });
  const now = new Date().toISOString();
  await made.sender.outputs(LETTERS.map((each) => ({ ...each, occurred_at: now })));
  const screen = await reviewerPage(made);
  const leaks = watchForOutputs(screen);
  const hands = handsFor(screen, info.project.name);
  await openPage(screen, `/${made.slug}/review`);

  // Hand on what comes first: it is somebody else's then, and can be taken back.
  const skipped = await shownItem(screen);
  await hands.skip();
  let before = skipped;
  let undone = false;
  for (let judged = 0; judged < LETTERS.length - 1; judged += 1) {
    const reference = await shownItem(screen, before);
    await hands.choose(await readLetter(screen));
    expect(leaks.seen(reference), `the output of ${reference} before it was revealed`).toEqual([]);
    await hands.reveal();
    await judgeRevealed(screen, hands, reference);
    if (!undone && reference.startsWith("right")) {
      undone = true;
      await shownItem(screen, reference);
      await hands.undo();
      await expect(screen.getByText("Taken back", { exact: true })).toBeVisible();
      expect(await shownItem(screen)).toBe(reference);
      await hands.submit();
    }
    before = reference;
  }
  expect(undone).toBe(true);

  await expect(screen.getByRole("heading", { name: "The rest needs somebody else" })).toBeVisible();
  await hands.press("Take back what you skipped (1)");
  expect(await shownItem(screen)).toBe(skipped);
  await hands.choose(await readLetter(screen));
  await hands.reveal();
  await judgeRevealed(screen, hands, skipped);
  await expect(screen.getByRole("heading", { name: "All done" })).toBeVisible();
  await expect(screen.getByText("All saved")).toBeVisible();
  expect(
    leaks.seen("misread").length,
    "what the watcher looks for does come after the reveal",
  ).toBeGreaterThan(0);

  await openPage(page, `/${made.slug}/output`);
  await expect(
    page.getByRole("table", { name: "Outputs" }).getByText("Correct", { exact: true }),
  ).toHaveCount(4);
  await expect(page.getByRole("row").filter({ hasText: "misread" })).toContainText("Incorrect");
  await page.getByRole("link", { name: "mistaken" }).click();
  await expect(page.getByRole("heading", { name: "mistaken" })).toBeVisible();
  await expect(page.getByText("Both words mean the same here")).toBeVisible();
});

/** Checks the verdict; "mistaken" is overruled. */
async function judgeRevealed(screen: Page, hands: Hands, reference: string): Promise<void> {
  const right = reference.startsWith("right");
  await expect(
    screen.getByText(right ? "The output counts as right" : "The output counts as wrong"),
  ).toBeVisible();
  if (reference === "mistaken") {
    await hands.overrule("right", "Both words mean the same here");
    await expect(screen.getByText("By your decision, against the comparison.")).toBeVisible();
  }
  await hands.submit();
}

/** Collects what the browser was sent of any output, from pages and from the API. */
function watchForOutputs(page: Page): { seen: (reference: string) => string[] } {
  const found: string[] = [];
  page.on("response", (response) => {
    // Redirects and aborted requests have no body.
    void (async () => {
      const text = await response.text().catch(() => "");
      for (const [match] of text.matchAll(new RegExp(`${CANARY}[a-z0-9-]+`, "g"))) found.push(match);
    })();
  });
  return { seen: (reference) => found.filter((each) => each === `${CANARY}${reference}`) };
}

test("an overruled verdict needs a reason", async ({ project, reviewerPage }, info) => {
  const made = await project({ secondLooks: 0 });
  await made.sender.outputs([letter("only", "invoice", "order")]);
  const screen = await reviewerPage(made);
  const hands = handsFor(screen, info.project.name);
  await openPage(screen, `/${made.slug}/review`);
  await shownItem(screen);
  await hands.choose("invoice");
  await hands.reveal();
  await expect(screen.getByText("The output counts as wrong")).toBeVisible();
  await hands.overrule("right", "");
  await hands.submit();
  await expect(screen.getByText("Please say why in a few words.")).toBeVisible();
});

test("what was decided while the connection was gone is sent when it is back", async ({
  project,
  reviewerPage,
  reviewer,
  expectedComplaints,
}, info) => {
  expectedComplaints.push(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const made = await project({ secondLooks: 0 });
  await made.sender.outputs([letter("first", "invoice", "invoice"), letter("second", "order", "order")]);
  const screen = await reviewerPage(made);
  const hands = handsFor(screen, info.project.name);
  await openPage(screen, `/${made.slug}/review`);
  const reference = await shownItem(screen);
  await hands.choose(await readLetter(screen));
  await hands.reveal();
  await expect(screen.getByText("The output counts as right")).toBeVisible();
  await screen.context().setOffline(true);
  await hands.submit();
  await expect(screen.getByText("1 review waiting to be sent")).toBeVisible();
  await screen.context().setOffline(false);
  await expect(screen.getByText("All saved")).toBeVisible({ timeout: 20_000 });
  await shownItem(screen, reference);
  const queue = await reviewer.api.get<{ done_today: number }>(`/api/v1/projects/${made.slug}/reviews/queue`);
  expect(queue.done_today).toBe(1);
});
