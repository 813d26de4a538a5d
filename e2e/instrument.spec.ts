import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expectAccessible, expectFits } from "./accessibility";
import { addReviewer } from "./add-reviewer";
import { readKind } from "./degraded-history";
import { expect, test } from "./fixtures";
import type { JsonApi } from "./json-api";
import { judgeQueue } from "./judge";
import { openPage } from "./open-page";
import { KINDS, letter } from "./project";

interface Claimed {
  item: {
    slot_id: string;
    lease_token: string;
    reference: string;
    input: unknown;
    form: { id: string };
  } | null;
}

/** Somebody who finds nothing wrong: whatever the comparison says, they let it pass. */
async function letAllPass(api: JsonApi, slug: string, most: number): Promise<number> {
  const path = `/api/v1/projects/${slug}/reviews`;
  for (let judged = 0; judged < most; judged += 1) {
    const { item } = await api.post<Claimed>(`${path}/claim`, {});
    if (!item) return judged;
    const lease = { slot_id: item.slot_id, lease_token: item.lease_token, answer_schema_id: item.form.id };
    const { verdict } = await api.post<{ verdict: string }>(`${path}/reveal`, {
      ...lease,
      answer: readKind(item.reference, item.input),
    });
    const overrule = { verdict: "CORRECT", reason: "near enough" };
    await api.post(`${path}/submit`, {
      ...lease,
      submission_key: randomUUID(),
      active_ms: 3_000,
      ...(verdict === "INCORRECT" ? { overrule } : {}),
    });
  }
  return most;
}

test("a manager sees that one reviewer misses known wrong items, and that agreement is low", async ({
  page,
  project,
  admin,
  browser,
  serverURL,
}, info) => {
  // Eighty judgements of two people, and axe four times.
  test.setTimeout(300_000);
  const made = await project({ secondLooks: 1 });
  const { slug, sender } = made;
  const api = `/api/v1/projects/${slug}`;
  await openPage(page, `/${slug}/reviewer`);
  await expect(page.getByRole("heading", { name: "Nobody reviews here yet" })).toBeVisible();

  await admin.api.patch(`${api}/review-setting`, { gold_share: 0.5, repeat_per_week: 0 });
  const pilot = Array.from({ length: 8 }, (_, at) => {
    const kind = KINDS[at % KINDS.length] ?? "invoice";
    return letter(`known-${at}`, kind, kind, { phase: "pilot", ground_truth: { kind } });
  });
  const production = Array.from({ length: 36 }, (_, at) => {
    const truth = KINDS[at % KINDS.length] ?? "invoice";
    return letter(`letter-${at}`, truth, at % 3 === 0 ? "order" : truth);
  });
  // Whoever signs in lands at the queue and takes what there is: there is nothing yet.
  const [careful, generous] = [
    await addReviewer(browser, serverURL, admin, made, "Clara Careful"),
    await addReviewer(browser, serverURL, admin, made, "Gus Generous"),
  ];
  await openPage(page, `/${slug}/reviewer`);
  await expect(page.getByRole("heading", { name: "No reviews in these days" })).toBeVisible();
  await expectAccessible(page, "reviewers without reviews");

  await sender.outputs([...pilot, ...production]);
  await judgeQueue(careful, slug, readKind);
  expect(await letAllPass(generous, slug, 6)).toBe(6);
  await makeKnownItems(admin.api, slug, generous);
  expect(await letAllPass(generous, slug, 60)).toBeGreaterThan(30);

  await openPage(page, `/${slug}/reviewer`);
  // Of 36 letters 12 invoices were taken for orders: where Clara says wrong, Gus never does.
  await expect(
    page.getByText(/^Two people come to the same verdict on 67 % .+ does so in 0 %/),
  ).toBeVisible();
  await expect(page.getByText(/That is low: make the guidelines clearer/)).toBeVisible();
  const people = page.getByRole("table", { name: "Reviewers" });
  const gus = people.getByRole("row").filter({ hasText: "Gus Generous" });
  await expect(gus).toContainText(/0 of [1-9]/);
  await expect(gus).toContainText("too few");
  await expect(page.getByRole("table", { name: "Agreement between people" })).toContainText("24 of 36");
  await expectAccessible(page, "reviewers");
  if (info.project.name === "phone") await expectFits(page, "reviewers");
  else await sortByKeyboard(page);

  await people.getByRole("link", { name: "Gus Generous" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Gus Generous" })).toBeVisible();
  const misses = page.getByRole("table", { name: "Known items judged otherwise than expected" });
  const first = misses.getByRole("row").nth(1);
  await expect(first).toContainText("Error put into kind");
  await expect(first).toContainText("Wrong");
  await expectAccessible(page, "a reviewer");
  await first.getByRole("link").click();
  await expect(page).toHaveURL(/\/output\//);

  // How well people judge is nothing that a reviewer sees of others.
  await expect(careful.get(`${api}/reviewers`)).rejects.toThrow(/40[34]/);
});

/** Of the pilot's letters, with an error each; waits until some lie ahead of the reviewer. */
async function makeKnownItems(manager: JsonApi, slug: string, reviewer: JsonApi): Promise<void> {
  const api = `/api/v1/projects/${slug}`;
  const left = async () => (await reviewer.get<{ left: number }>(`${api}/reviews/queue`)).left;
  const before = await left();
  const { outputs } = await manager.get<{ outputs: { id: string; external_id: string }[] }>(
    `${api}/outputs?limit=100`,
  );
  const known = outputs.filter(({ external_id }) => external_id.startsWith("known-"));
  const made = new Set<string>();
  // The pilot's truth settles them in the background.
  await expect(async () => {
    const wanted = known.filter(({ id }) => !made.has(id)).map(({ id }) => ({ output_id: id, seeded: true }));
    const answer = await manager.post<{ made: { output_id: string }[] }>(`${api}/gold`, { items: wanted });
    for (const { output_id } of answer.made) made.add(output_id);
    expect(made.size).toBe(8);
  }).toPass({ timeout: 90_000 });
  await expect.poll(left, { timeout: 90_000 }).toBeGreaterThan(before);
}

async function sortByKeyboard(page: Page): Promise<void> {
  const header = page.getByRole("columnheader", { name: /^Reviews/ });
  await header.getByRole("button", { name: "Reviews" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=judged/);
  await expect(header).toHaveAttribute("aria-sort", /ascending|descending/);
}
