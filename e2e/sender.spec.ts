import { expect, test } from "./fixtures";
import { openPage } from "./open-page";
import { letter } from "./project";
import type { Receipt } from "./sender";
import { runInTerminal } from "./shell-command";

test("a key is made, the copied command sends the first output, and the pages show it", async ({
  page,
  context,
  project,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { slug } = await project({ form: false });
  await openPage(page, `/${slug}/output`);
  await expect(page.getByText("No outputs have arrived yet")).toBeVisible();

  await openPage(page, `/${slug}/setting/keys`);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Mail room, production");
  await expect(dialog.getByLabel("Send outputs")).toBeChecked();
  await dialog.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByRole("dialog", { name: "Copy your key now" })).toBeVisible();
  await dialog.getByRole("figure").getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("figure").getByText("Copied").first()).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());

  const receipt = JSON.parse(await runInTerminal(command)) as Receipt;
  expect(receipt).toMatchObject({ received: 1, accepted: 1, duplicates: 0, quarantined: 0 });
  const again = JSON.parse(await runInTerminal(command)) as Receipt;
  expect(again).toMatchObject({ received: 1, accepted: 0, duplicates: 1 });

  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const row = page.getByRole("row").filter({ hasText: "Mail room, production" });
  await expect(row).toContainText("send outputs");
  expect(await page.content()).not.toContain(
    /ASSAY_KEY='([^']+)'/.exec(command)?.[1] ?? "no key in the command",
  );

  await openPage(page, `/${slug}/output`);
  await expect(page.getByRole("status").filter({ hasText: "1 output" })).toBeVisible();
  await page.getByRole("link", { name: "first-output" }).click();
  await expect(page.getByRole("heading", { name: "first-output" })).toBeVisible();
  await expect(page.getByText("Please pay invoice 4711")).toBeVisible();
});

test("a revoked key is refused within seconds, and nothing of it is stored", async ({ page, project }) => {
  const { slug, sender, token } = await project({ form: false });
  await sender.outputs([letter("before", "invoice", "invoice")]);
  await openPage(page, `/${slug}/setting/keys`);
  await page.getByRole("button", { name: "Revoke mail room" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("row").filter({ hasText: "mail room" })).toContainText("Revoked");
  await expect
    .poll(
      async () => {
        const answer = await page.request.post("/api/v1/outputs", {
          headers: { authorization: `Bearer ${token}` },
          data: letter(`after-${Date.now()}`, "invoice", "invoice"),
        });
        return answer.status();
      },
      { timeout: 10_000 },
    )
    .toBe(401);
});

test("what cannot be taken is told per record, and the rest of the batch is stored", async ({
  page,
  project,
}) => {
  const { slug, sender } = await project({ form: false });
  const receipt = await sender.outputs([
    letter("good", "order", "order"),
    { ...letter("no-time", "order", "order"), occurred_at: "yesterday" },
    letter("good", "order", "reminder"),
  ]);
  expect(receipt).toMatchObject({ received: 3, accepted: 1, quarantined: 1, conflicts: 1 });
  await openPage(page, `/${slug}/output`);
  await expect(page.getByRole("status").filter({ hasText: "1 output" })).toBeVisible();
});
