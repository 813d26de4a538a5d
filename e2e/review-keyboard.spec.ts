import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { untilAlive, untilIdle } from "./open-page";
import { KINDS, letter } from "./project";
import { readLetter, shownItem, tabTo } from "./review-hands";
import { type ScreenReader, screenReaderOn } from "./screen-reader";

const FORM = {
  fields: [
    {
      key: "kind",
      label: "Kind of document",
      type: "category",
      options: KINDS.map((value) => ({ value, label: value })),
      output_path: "/kind",
      truth_path: "/kind",
    },
  ],
  threshold: 1,
  severities: true,
};
const VERDICT = 'group "The output counts as wrong"';

test.describe.configure({ timeout: 240_000 });

test("a whole session by keys alone, as a screen reader tells it", async ({
  admin,
  browser,
  page: managersPage,
  project,
  reviewer,
}, info) => {
  test.skip(info.project.name === "phone", "a phone has no keys");
  const made = await project({ secondLooks: 0, form: false });
  const { slug } = made;
  const form = { definition: FORM, instructions: "Judge by the letter alone.", base_version: 0 };
  await admin.api.post(`/api/v1/projects/${slug}/answer-schema`, form);
  await admin.api.post(`/api/v1/projects/${slug}/members`, { email: reviewer.email, role: "REVIEWER" });
  const wrong = ["one", "two", "three", "four"].map((id) => letter(id, "invoice", "order"));
  await made.sender.outputs(wrong);
  const { viewport, baseURL } = info.project.use;
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    ...(viewport ? { viewport } : {}),
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  const reader = await screenReaderOn(page);
  const key = async (name: string) => {
    await untilIdle(page);
    await page.keyboard.press(name);
  };

  await test.step("signs in and is at the queue", async () => {
    await page.goto(`/${slug}/review`);
    await untilAlive(page);
    await reader.expectNamed("signing in");
    await tabTo(page, page.getByLabel("E-mail"));
    expect(await reader.focus()).toBe('textbox "E-mail"');
    await page.keyboard.type(reviewer.email);
    await tabTo(page, page.getByLabel("Password"));
    await page.keyboard.type(reviewer.password);
    await key("Enter");
  });
  let id = await shownItem(page);
  await untilAlive(page);

  await test.step("the list of keys: one is changed, without collisions", async () => {
    await expectAtItem(reader, id, "the first item");
    await key("?");
    const help = page.getByRole("dialog", { name: "Keyboard" });
    await expectTrapped(page, reader, "Keyboard");
    await expectAccessible(page, "the list of keys");
    await tabTo(page, help.getByRole("button", { name: "Skip: somebody else gets it: S" }));
    await key("Enter");
    await key("z");
    await expect(help.getByText("Z is taken: Take the last review back.")).toBeVisible();
    await key("1");
    await expect(help.getByText("Digits choose answers.")).toBeVisible();
    await key("p");
    expect(await reader.focus()).toBe('button "Skip: somebody else gets it: P"');
    expect(await reader.heard()).toContain("P is taken for: Skip: somebody else gets it.");
    await key("Escape");
    await expect(help).toBeHidden();
    await expectAtItem(reader, id, "after the list of keys");
  });

  await test.step("guidelines open and close", async () => {
    await key("g");
    const said = await reader.heard();
    await key("g");
    expect([...said, ...(await reader.heard())].sort()).toEqual([
      "Guidelines closed.",
      "Guidelines open, after the questions.",
    ]);
  });

  await test.step("answer, reveal, tag with severity, correction, note, submit, undo", async () => {
    await key("1");
    await key("Control+Enter");
    await expectRevealed(page, reader);
    await expect(page.getByRole("group", { name: "What is wrong with it?" })).toBeVisible();
    await key("t");
    expect(await reader.focus()).toBe('button "Misread the input"');
    await key("2");
    await expect(page.getByRole("button", { name: "Made up" })).toHaveAttribute("aria-pressed", "true");
    await tabTo(page, page.getByRole("button", { name: "Major" }));
    await key("Space");
    await expect(page.getByRole("button", { name: "Major" })).toHaveAttribute("aria-pressed", "true");
    await key("c");
    const correction = page.getByRole("form", { name: "Correction" });
    await expect(correction.getByRole("radio", { name: "invoice" })).toBeFocused();
    expect(await reader.focus()).toBe('radio "invoice"');
    await key("ArrowDown");
    await expect(correction.getByRole("radio", { name: "reminder" })).toBeChecked();
    await key("m");
    // Every letter that does something elsewhere only stands in the note.
    await page.keyboard.type("zfspgtcny? 123");
    await expect(page.getByRole("textbox", { name: "Note for your team" })).toHaveValue("zfspgtcny? 123");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await reader.expectNamed("a wrong output with everything said");
    await key("Escape");
    expect(await reader.focus()).toBe(VERDICT);
    await key("Control+Enter");
    const first = id;
    id = await shownItem(page, first);
    await expectHeard(reader, "Saved. Item 2 of 4.");
    await expectAtItem(reader, id, "the second item");
    await key("z");
    expect(await shownItem(page, id)).toBe(first);
    await expectHeard(reader, "Taken back: this item is open again.");
    await expectRevealed(page, reader);
    await expect(page.getByRole("button", { name: "Made up" })).toHaveAttribute("aria-pressed", "true");
    await key("Control+Enter");
    id = await shownItem(page, first);
    await expectHeard(reader, "Saved. Item 2 of 4.");
  });

  await test.step("defers with a reason, by the key that was changed", async () => {
    await key("s");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await key("p");
    await expectTrapped(page, reader, "Skip this item");
    await key("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expectAtItem(reader, id, "after the reason was not given");
    await key("p");
    await expect(page.getByRole("dialog", { name: "Skip this item" })).toBeVisible();
    await key("1");
    const deferred = id;
    id = await shownItem(page, deferred);
    await expectHeard(reader, "Handed on. Item 2 of 3.");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expectAtItem(reader, id, "the item after the deferred one");
  });

  await test.step("cannot judge, in words of their own", async () => {
    await key("f");
    const dialog = page.getByRole("dialog", { name: "Nobody can judge this" });
    await expectTrapped(page, reader, "Nobody can judge this");
    await tabTo(page, dialog.getByLabel("Another reason"));
    await page.keyboard.type("2 of 3 pages are missing");
    await key("Enter");
    const closed = id;
    id = await shownItem(page, closed);
    await expectHeard(reader, "Saved as not to be judged. Item 3 of 3.");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expectAtItem(reader, id, "the item after the closed one");
  });

  await test.step("with single keys off no letter and no digit acts, and all is reached by Tab", async () => {
    await key("?");
    const help = page.getByRole("dialog", { name: "Keyboard" });
    await tabTo(page, help.getByRole("switch", { name: "Use single keys" }));
    await key("Space");
    await key("Escape");
    await expect(help).toBeHidden();
    await expectAtItem(reader, id, "single keys are off");
    for (const each of ["p", "s", "f", "z", "g", "t", "c", "m", "y", "n", "?", "1", "2"]) await key(each);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
    expect(await shownItem(page)).toBe(id);
    expect(await reader.heard()).toEqual([]);

    const skip = page.getByRole("button", { name: "Skip", exact: true });
    await tabTo(page, skip);
    await key("Enter");
    await expect(page.getByRole("dialog", { name: "Skip this item" })).toBeVisible();
    await key("1");
    await expect(page.getByRole("dialog", { name: "Skip this item" })).toBeVisible();
    await key("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(skip).toBeFocused();
    expect(await reader.focus()).toBe('button "Skip"');
    await answerByTab(page, reader);
  });

  await test.step("the deferred one is taken back, and all is done", async () => {
    await expect(page.getByRole("heading", { name: "The rest needs somebody else" })).toBeFocused();
    expect(await reader.focus()).toBe('heading "The rest needs somebody else"');
    await expectHeard(reader, "Saved. 3 done today, nothing left.");
    await reader.expectNamed("the rest needs somebody else");
    await tabTo(page, page.getByRole("button", { name: "Take back what you skipped (1)" }));
    await key("Enter");
    id = await shownItem(page);
    await expectHeard(reader, "Taken back: this item is open again.");
    await expectAtItem(reader, id, "the item that was deferred");
    await answerByTab(page, reader);
    await expect(page.getByRole("heading", { name: "All done" })).toBeFocused();
    expect(await reader.focus()).toBe('heading "All done"');
    await expectHeard(reader, "Saved. 4 done today, nothing left.");
    await reader.expectNamed("all done");
    await expect(page.getByText("All saved")).toBeVisible();
  });
  await context.close();

  const stored = await managersPage.request.get(`/api/v1/projects/${slug}/dataset?include=unsure,surplus`);
  const rows = (await stored.text()).trim().split("\n");
  expect(rows).toHaveLength(4);
});

/** A new item: the focus is on its heading, and everything has a name. */
async function expectAtItem(reader: ScreenReader, id: string, step: string): Promise<void> {
  await expect.poll(() => reader.focus(), step).toBe(`heading "Input of item ${id}"`);
  await reader.expectNamed(step);
}

async function expectRevealed(page: Page, reader: ScreenReader): Promise<void> {
  await expect(page.getByText("The output counts as wrong")).toBeVisible();
  await expect.poll(() => reader.focus()).toBe(VERDICT);
  await reader.expectNamed("the output is shown");
}

async function expectHeard(reader: ScreenReader, sentence: string): Promise<void> {
  const heard: string[] = [];
  await expect
    .poll(async () => {
      heard.push(...(await reader.heard()));
      return heard;
    })
    .toContain(sentence);
}

/** Tab goes round in the dialog and comes by nothing behind it. */
async function expectTrapped(page: Page, reader: ScreenReader, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name });
  await expect(dialog).toBeVisible();
  // At both ends there are guards that hand the focus back at once.
  const expectInside = () =>
    expect
      .poll(() => dialog.evaluate((element) => element.contains(document.activeElement)), name)
      .toBe(true);
  await expectInside();
  await reader.expectNamed(name);
  const controls = await dialog.getByRole("button").count();
  for (let at = 0; at < controls + 4; at += 1) {
    await page.keyboard.press("Tab");
    await expectInside();
    await reader.focus();
  }
}

/** Without single keys: the radios, and Enter. */
async function answerByTab(page: Page, reader: ScreenReader): Promise<void> {
  const kind = await readLetter(page);
  await tabTo(page, page.getByRole("radio", { name: KINDS[0] }));
  for (let at = 0; at < KINDS.indexOf(kind); at += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  expect(await reader.focus()).toBe(`radio "${kind}"`);
  await page.keyboard.press("Control+Enter");
  await expectRevealed(page, reader);
  await tabTo(page, page.getByRole("button", { name: "Submit and next" }));
  await page.keyboard.press("Enter");
}
