import { Webhook } from "standardwebhooks";
import { expectAccessible, expectFits } from "./accessibility";
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
  await expect(page.getByRole("dialog")).toHaveCount(0);
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

  await openPage(page, `/${slug}/input`);
  await expect(page.getByText("1 output is kept as it came")).toBeVisible();
  const kept = page.getByRole("table", { name: "Newest records in quarantine" });
  await expect(kept).toContainText("The time of the output is missing, malformed or impossible.");
  await expectAccessible(page, "input with quarantine");
  await expectFits(page, "input with quarantine");
  await kept.getByRole("link", { name: "no-time" }).click();
  await expect(page.getByRole("heading", { name: "As it came" })).toBeVisible();
  const bytes = page.getByRole("region", { name: "The record as it came" });
  await expect(bytes).toContainText('"occurred_at":"yesterday"');
  await expectAccessible(page, "a record in quarantine");
  await expectFits(page, "a record in quarantine");
});

test("a ticket system's own webhook is received through a hook made on the page", async ({
  page,
  project,
  request,
}) => {
  const { slug } = await project({ form: false });
  await openPage(page, `/${slug}/setting/sources`);
  await page.getByRole("button", { name: "New hook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Ticket system");
  await dialog.getByLabel("It sends bodies of its own shape").check();
  await dialog.getByLabel("Id of the output").fill("/data/id");
  await dialog.getByLabel("Time", { exact: true }).fill("/timestamp");
  await dialog.getByLabel("Input").fill("/data/request");
  await dialog.getByLabel("Output", { exact: true }).fill("/data/result");
  await dialog.getByLabel(/^Segments/).fill("region=/data/region");
  await dialog.getByRole("button", { name: "Make hook" }).click();
  await expect(page.getByRole("dialog", { name: "Copy address and secret now" })).toBeVisible();
  const address = await dialog.getByLabel("address", { exact: true }).innerText();
  const secret = await dialog.getByLabel("secret", { exact: true }).innerText();
  await dialog.getByRole("button", { name: "I have copied both" }).click();

  const body = JSON.stringify({
    type: "ticket.sorted",
    timestamp: new Date().toISOString(),
    data: {
      id: "ticket-1",
      region: "eu",
      request: { text: "My order is late" },
      result: { kind: "complaint" },
    },
  });
  const send = (signingSecret: string, id: string) => {
    const at = new Date();
    const headers = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(signingSecret).sign(id, at, body),
    };
    return request.post(address, { headers, data: body });
  };
  expect(
    (
      await send(`whsec_${Buffer.from("another secret of 32 bytes here!").toString("base64")}`, "m0")
    ).status(),
  ).toBe(401);
  const first = await send(secret, "m1");
  expect(first.status(), await first.text()).toBe(202);
  expect(((await first.json()) as Receipt).accepted).toBe(1);
  expect(((await (await send(secret, "m1")).json()) as Receipt).accepted).not.toBe(2);

  await openPage(page, `/${slug}/output?segment=${encodeURIComponent("region=eu")}`);
  await expect(page.getByRole("status").filter({ hasText: "1 output" })).toBeVisible();
  await page.getByRole("link", { name: "ticket-1" }).click();
  await expect(page.getByText("My order is late")).toBeVisible();
  await expect(page.getByText("Ticket system")).toBeVisible();
});
