import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";
import { letter, TEXTS } from "./project";
import { readLetter, shownItem } from "./review-hands";
import { thumbOn } from "./thumb";

const FORM = {
  fields: [
    {
      key: "kind",
      label: "Kind of document",
      type: "category",
      options: ["invoice", "order"].map((value) => ({ value, label: value })),
      output_path: "/kind",
      truth_path: "/kind",
    },
  ],
  threshold: 1,
  severities: true,
};
/** Both are higher than what is seen of them; only the rows are wider as well. */
const TREE = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`part_${at}`, { parts: { at } }]));
const ROWS = Array.from({ length: 30 }, (_, at) => ({
  article: `A-${at}`,
  name: "A name that takes its place",
  from: "Somewhere else",
  until: "2026-12-01T00:00:00Z",
  remark: "Unbreakable_and_long_remark",
}));

const wrong = (id: string, truth: "invoice" | "order") => {
  const made = letter(id, truth, truth === "order" ? "invoice" : "order");
  return {
    ...made,
    input: { ...(made.input as object), tree: TREE, rows: ROWS },
    output: { ...(made.output as object), tree: TREE },
  };
};

// Real touches take their time, and axe reads the page twice.
test.describe.configure({ timeout: 180_000 });

interface Row {
  id: string;
  answer: { kind: string };
  verdict: string;
  error_tags: string[];
  severity: string | null;
  looks: unknown[];
}

test("three items by thumb only, one of them without a connection: what is stored is what the screen said", async ({
  admin,
  expectedComplaints,
  page,
  project,
  reviewerPage,
}, info) => {
  test.skip(info.project.name !== "phone", "a thumb needs a phone");
  expectedComplaints.push(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
  const made = await project({ secondLooks: 0, form: false });
  const { slug } = made;
  const form = { definition: FORM, instructions: "", base_version: 0 };
  await admin.api.post(`/api/v1/projects/${slug}/answer-schema`, form);
  await made.sender.outputs([wrong("first", "invoice"), wrong("second", "order"), wrong("third", "invoice")]);
  const screen = await reviewerPage(made);
  const thumb = await thumbOn(screen);
  const said = new Map<string, Omit<Row, "id" | "looks">>();
  const note = (id: string, kind: string, tag: string, severity: string | null) =>
    said.set(id, { answer: { kind }, verdict: "incorrect", error_tags: [tag], severity });
  await openPage(screen, `/${slug}/review`);

  // The first: a tap answers, a swipe over the tree of the output submits.
  let id = await shownItem(screen);
  let kind = await readLetter(screen);
  await readByThumb(screen, thumb);
  await screen.getByRole("form", { name: "Your answer" }).getByText(kind, { exact: true }).tap();
  await screen.getByRole("button", { name: "Show the output" }).tap();
  await tag(screen, "Made up", "Major");
  await expectAccessible(screen, "a wrong output on a phone");
  await screen.getByText("The whole output").tap();
  await thumb.swipe(screen.getByRole("tree", { name: "tree, value by value" }).last(), "left");
  note(id, kind, "made_up", "major");
  await shownItem(screen, id);
  await expect(screen.getByText("All saved")).toBeVisible();
  // Too soon: it comes back as it was, and goes again.
  await screen.getByRole("button", { name: "Undo" }).tap();
  await expect(screen.getByText("Taken back", { exact: true })).toBeVisible();
  expect(await shownItem(screen)).toBe(id);
  await expect(screen.getByRole("button", { name: "Made up" })).toHaveAttribute("aria-pressed", "true");
  await thumb.swipe(screen.getByText("The output counts as wrong"), "left", { slow: true });

  // The second: a swipe answers, and the connection is gone before the next one submits.
  id = await shownItem(screen, id);
  kind = await readLetter(screen);
  await thumb.swipe(screen.getByText(/^Letter/), kind === "invoice" ? "left" : "right");
  await tag(screen, "Something left out", null);
  await screen.context().setOffline(true);
  await thumb.swipe(screen.getByRole("button", { name: "Something left out" }), "left");
  note(id, kind, "left_out", null);
  await expect(screen.getByText("1 review waiting to be sent")).toBeVisible();
  id = await shownItem(screen, id);
  await screen.context().setOffline(false);
  await expect(screen.getByText("All saved")).toBeVisible({ timeout: 20_000 });

  // The third: a swipe to the side that means nothing here does nothing.
  kind = await readLetter(screen);
  await thumb.swipe(screen.getByText(/^Letter/), kind === "invoice" ? "left" : "right");
  await tag(screen, "Made up", "Minor");
  await thumb.swipe(screen.getByText("How bad is it?"), "right");
  await expect(screen.getByText("The output counts as wrong")).toBeVisible();
  await thumb.swipe(screen.getByText("How bad is it?"), "left");
  note(id, kind, "made_up", "minor");
  await expect(screen.getByRole("heading", { name: "All done" })).toBeVisible();
  await expect(screen.getByText("All saved")).toBeVisible();

  await expect(async () => {
    const stored = await page.request.get(`/api/v1/projects/${slug}/dataset?include=surplus`);
    const rows = (await stored.text()).trim().split("\n");
    const standing = rows.map((row) => {
      const { id, answer, verdict, error_tags, severity, looks } = JSON.parse(row) as Row;
      expect(looks, `${id} was looked at once`).toHaveLength(1);
      return [id, { answer, verdict, error_tags, severity }] as const;
    });
    expect(new Map(standing)).toEqual(said);
  }).toPass({ timeout: 90_000 });
});

type Thumb = Awaited<ReturnType<typeof thumbOn>>;

/** Up and down, to the side and closer: reading answers nothing. */
async function readByThumb(screen: Page, thumb: Thumb): Promise<void> {
  const tree = screen.getByRole("tree", { name: "tree, value by value" }).locator("..");
  await thumb.swipe(tree, "up");
  await expect.poll(() => tree.evaluate((element) => element.scrollTop)).toBeGreaterThan(50);
  const rows = screen.getByRole("region", { name: "rows, table" });
  await thumb.swipe(rows, "left");
  await expect.poll(() => rows.evaluate((element) => element.scrollLeft)).toBeGreaterThan(50);
  // A marked text is being read or copied: the movement is not about the item.
  await screen.getByText(TEXTS.order).or(screen.getByText(TEXTS.invoice)).selectText();
  await thumb.swipe(screen.getByText(/^Letter/), "left");
  await screen.evaluate(() => getSelection()?.removeAllRanges());
  await thumb.spread(screen.getByText(/^Letter/));
  await expect.poll(() => screen.evaluate(() => visualViewport?.scale)).toBeGreaterThan(1.2);
  await thumb.pinch(screen.getByText(/^Letter/));
  await expect.poll(() => screen.evaluate(() => visualViewport?.scale)).toBe(1);
  await expect(screen.getByRole("radio", { checked: true })).toHaveCount(0);
}

async function tag(screen: Page, tagged: string, severity: string | null): Promise<void> {
  await expect(screen.getByText("The output counts as wrong")).toBeVisible();
  await screen.getByRole("button", { name: tagged }).tap();
  if (severity) await screen.getByRole("button", { name: severity }).tap();
}
