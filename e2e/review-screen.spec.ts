import type { Page } from "@playwright/test";
import { expectAccessible, expectFits } from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage, untilIdle } from "./open-page";
import { letter } from "./project";
import { readLetter, shownItem } from "./review-hands";

const CHAT = [
  { role: "system", content: "You are brief." },
  { role: "user", content: "Where is **my order**?" },
  {
    role: "assistant",
    content: null,
    tool_calls: [{ function: { name: "find_order", arguments: '{"id":7}' } }],
  },
  { role: "tool", name: "find_order", content: '{"state":"sent"}' },
];
const MARKDOWN =
  "# Rules\n\n- one\n- two\n\n<img src=x onerror=alert(1)>\n\n[terms](https://example.com/terms)\n";
const ROWS = [
  { sku: "A", price: 2.5 },
  { sku: "B", price: 3 },
];

async function sendWrong(made: {
  sender: { outputs: (records: ReturnType<typeof letter>[]) => Promise<unknown> };
}) {
  await made.sender.outputs([letter("wrong", "invoice", "order"), letter("right", "order", "order")]);
}

test("an input is shown as what it is, and nothing in it runs", async ({ project, reviewerPage }) => {
  const made = await project({ secondLooks: 0 });
  const input = { chat: CHAT, rules: MARKDOWN, rows: ROWS, deep: { a: { b: [1, 2] } } };
  await made.sender.outputs([letter("only", "invoice", "invoice", { input })]);
  const screen = await reviewerPage(made);
  await openPage(screen, `/${made.slug}/review`);
  await shownItem(screen);
  await expect(screen.getByText("find_order", { exact: true })).toBeVisible();
  await expect(screen.getByText("my order")).toHaveCSS("font-weight", "600");
  await expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
  await expect(screen.getByRole("link", { name: "terms" })).toHaveAttribute("rel", /noopener/);
  await expect(screen.getByRole("columnheader", { name: "price" })).toBeVisible();

  const tree = screen.getByRole("tree", { name: "deep, value by value" });
  await tree.getByRole("treeitem").first().focus();
  await screen.keyboard.press("ArrowDown");
  await screen.keyboard.press("ArrowDown");
  await screen.keyboard.press("ArrowRight");
  await expect(screen.getByText("/a/b", { exact: true })).toBeVisible();
  await expectAccessible(screen, "an input of many kinds");
  await expectFits(screen, "an input of many kinds");
});

test("what is wrong, how it should have been and a note go with the review, and come back with undo", async ({
  page,
  project,
  reviewerPage,
}, info) => {
  test.skip(info.project.name === "phone", "by keys; by thumb it is a story of its own: thumb.spec.ts");
  const made = await project({ secondLooks: 0 });
  await sendWrong(made);
  const screen = await reviewerPage(made);
  await openPage(screen, `/${made.slug}/review`);
  let reference = await shownItem(screen);
  if (reference === "right") {
    await judge(screen);
    await screen.keyboard.press("Enter");
    reference = await shownItem(screen, "right");
  }
  await judge(screen);
  await expect(screen.getByText("The output counts as wrong")).toBeVisible();
  await expect(screen.getByText("What is wrong with it?")).toBeVisible();
  await screen.keyboard.press("t");
  await screen.keyboard.press("2");
  await expect(screen.getByRole("button", { name: "Made up" })).toHaveAttribute("aria-pressed", "true");
  await screen.keyboard.press("c");
  await expect(screen.getByRole("region", { name: "What the output should have been" })).toBeVisible();
  await screen.getByRole("form", { name: "Correction" }).getByText("reminder", { exact: true }).click();
  await screen.keyboard.press("m");
  await screen.keyboard.type("Both are mentioned");
  await screen.keyboard.press("Escape");
  await expectAccessible(screen, "a wrong output");
  await screen.keyboard.press("Control+Enter");
  await expect(screen.getByText("All saved")).toBeVisible();
  await expect(screen.getByRole("status").filter({ hasText: /^Saved\./ })).toBeAttached();
  await screen.keyboard.press("z");
  expect(await shownItem(screen, "right")).toBe("wrong");
  await expect(screen.getByRole("button", { name: "Made up" })).toHaveAttribute("aria-pressed", "true");
  await screen.keyboard.press("Enter");
  // Not what was saved before.
  await expect(screen.getByRole("heading", { name: "Input of item wrong" })).toHaveCount(0);
  await expect(screen.getByText("All saved")).toBeVisible();

  await openPage(page, `/${made.slug}/output`);
  await page.getByRole("link", { name: "wrong" }).click();
  await expect(page.getByText("made up").last()).toBeVisible();
  await expect(page.getByText("kind should have been").last()).toBeVisible();
});

async function judge(screen: Page): Promise<void> {
  const kind = await readLetter(screen);
  await screen.getByRole("form", { name: "Your answer" }).getByText(kind, { exact: true }).click();
  await screen.keyboard.press("Enter");
  await expect(screen.getByText(/The output counts as/)).toBeVisible();
  await untilIdle(screen);
}
