import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { expectAccessible, expectFits } from "./accessibility";
import { type AlertReceiver, startAlertReceiver } from "./alert-receiver";
import { expect, test } from "./fixtures";
import { openPage } from "./open-page";
import { makeSuddenDrop } from "./sudden-drop";

test("a manager adds a webhook, tests it, an incident reaches it, and what failed is sent again", async ({
  page,
  admin,
  serverURL,
  expectedComplaints,
}) => {
  test.slow();
  // A private address that nobody has allowed is refused on purpose.
  expectedComplaints.push(/status of 422/);
  const receiver = await startAlertReceiver();
  let secret = "";
  const { slug, overall } = await makeSuddenDrop(admin.api, serverURL, async (own) => {
    secret = await addWebhook(page, own, receiver);
    receiver.failNext(1);
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect(page.getByText("The test did not arrive")).toBeVisible();
    await expect(page.getByText("It answered with status 500: the disk is full")).toBeVisible();
    await expectAccessible(page, "a channel whose test failed");
    // And the first attempt of the first incident.
    receiver.failNext(1);
  });

  await openPage(page, `/${slug}/incident/${overall.id}`);
  const told = page.getByRole("heading", { name: "Who was told" }).locator("xpath=ancestor::section");
  await expect(async () => {
    await page.reload();
    await expect(told.getByText(/^Operations, .+: delivered$/)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 120_000 });
  const news = receiver.received.filter(({ body }) => body.includes(overall.id));
  const ids = new Set(news.map(({ headers }) => headers["webhook-id"]));
  expect(ids.size).toBe(1);
  const last = news.at(-1);
  if (!last) throw new Error("Nothing arrived.");
  expect(new Webhook(secret).verify(last.body, last.headers)).toMatchObject({
    type: "incident.opened",
    data: {
      severity: "critical",
      incident: { id: overall.id },
      sentences: expect.arrayContaining([expect.stringContaining("Accuracy")]),
    },
  });

  await told.getByRole("link", { name: "Every attempt" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What was sent" })).toBeVisible();
  await expect(page.getByRole("table").getByText("Delivered", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL(/\/setting\/alert\/log$/);
  await page.getByRole("link", { name: /^Not delivered/ }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await expectAccessible(page, "the log of alerts");
  await expectFits(page, "the log of alerts");
  await page.getByRole("button", { name: /^Send again/ }).click();
  await expect(page.getByText(/^Delivered in \d/)).toBeVisible();
  await expect(page.getByText("Nothing in this state")).toBeVisible();
  receiver.close();
});

/** From the empty page to a channel whose test has arrived; returns the secret that was shown. */
async function addWebhook(page: Page, slug: string, receiver: AlertReceiver): Promise<string> {
  await openPage(page, `/${slug}/setting/alert`);
  await expect(page.getByRole("heading", { name: "Nobody is told yet" })).toBeVisible();
  await expectAccessible(page, "no channel yet");
  await page.getByRole("button", { name: "Add a channel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Webhook", { exact: true }).check();
  await dialog.getByLabel("Name").fill("Operations");
  await dialog.getByLabel("Address").fill("http://192.168.7.7/assay");
  await expect(dialog.getByText("All incidents go to Operations at once.")).toBeVisible();
  await dialog.getByRole("button", { name: "Add channel" }).click();
  await expect(dialog.getByText(/begins with https/).last()).toBeVisible();
  await dialog.getByLabel("Address").fill(receiver.address);
  await dialog.getByRole("button", { name: "Add channel" }).click();
  await expect(dialog.getByText("Copy the signing secret now")).toBeVisible();
  const secret = (await dialog.getByLabel("signing secret", { exact: true }).textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("The test arrived")).toBeVisible();
  const [tested] = receiver.received;
  if (!tested) throw new Error("The receiver got nothing.");
  expect(new Webhook(secret).verify(tested.body, tested.headers)).toMatchObject({ type: "alert.test" });

  // Another address would wipe the secret, which is said before it is saved.
  await page.getByRole("button", { name: "Change Operations" }).click();
  await dialog.getByLabel("Address").fill(`${receiver.address}/elsewhere`);
  await expect(dialog.getByText("The secret of the old address is wiped")).toBeVisible();
  await page.keyboard.press("Escape");
  return secret;
}
