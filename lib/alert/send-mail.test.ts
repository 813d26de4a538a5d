import { afterEach, expect, test } from "vitest";
import type { Composed } from "./compose-request";
import { bundleMessage, plainMessage } from "./incident-message";
import { readOutboundPolicy } from "./outbound/outbound-policy";
import { sendMail } from "./send-mail";
import { mailSink } from "./testing/mail-sink";

const holder = globalThis as { assayEnv?: unknown };
afterEach(() => {
  delete process.env.ASSAY_SMTP_URL;
  delete process.env.ASSAY_MAIL_FROM;
  delete holder.assayEnv;
});

function useServer(port: number): void {
  process.env.ASSAY_SMTP_URL = `smtp://127.0.0.1:${port}`;
  process.env.ASSAY_MAIL_FROM = "Assay <assay@example.org>";
  delete holder.assayEnv;
}

const place = { project: { slug: "refunds", name: "Refunds" }, origin: "https://assay.example.org" };
const message = plainMessage(
  "New incident: <b>ios</b>\r\nBcc: x@y.z",
  ["Accuracy fell & fell.", ".", "<script>alert(1)</script>"],
  place,
  "/incident/1",
);
const sent: Composed = {
  deliveryId: "0199d0a0-0000-7000-8000-000000000001",
  kind: "incident",
  event: "opened",
  message,
  createdAt: new Date("2026-03-02T10:00:00Z"),
};
const allowed = { policy: readOutboundPolicy("127.0.0.1", [25]) };

test("an e-mail goes to everybody with text and inert HTML, with the same id at every attempt", async () => {
  const sink = await mailSink();
  useServer(sink.port);
  const first = await sendMail("a@example.org, b@example.org", sent, allowed);
  const bundle = bundleMessage([message, message], "digest") ?? expect.fail("nothing to bundle");
  const second = await sendMail("a@example.org", { ...sent, kind: "bundle", message: bundle }, allowed);
  sink.close();
  expect([first, second]).toMatchObject([
    { delivered: true, status: 250 },
    { delivered: true, status: 250 },
  ]);
  const [mail, other] = sink.mails;
  expect(mail?.recipients).toEqual(["a@example.org", "b@example.org"]);
  expect(mail?.text).toContain("Message-ID: <0199d0a0-0000-7000-8000-000000000001@example.org>");
  expect(other?.text).toContain("Message-ID: <0199d0a0-0000-7000-8000-000000000001@example.org>");
  // A line break in foreign words starts no header.
  const [head = ""] = mail?.text.split("\r\n\r\n") ?? [];
  expect(head).toMatch(/^Subject: New incident: <b>ios<\/b> Bcc: x@y.z/m);
  expect(head).not.toMatch(/^Bcc:/m);
  expect(mail?.text).toContain("multipart/alternative");
  expect(mail?.text.split("text/html")[1]).not.toContain("<script>");
  expect(mail?.text).toContain("&lt;script&gt;");
  expect(other?.text).toContain("Digest: 2 pieces of news about Refunds");
});

test("the mail server is reached through the same guard, and its refusals are sentences", async () => {
  const sink = await mailSink("550 5.7.1 not from you");
  useServer(sink.port);
  expect(await sendMail("a@example.org", sent, {})).toMatchObject({ delivered: false, outcome: "blocked" });
  const named = { policy: readOutboundPolicy(undefined, [sink.port]), resolve: async () => ["127.0.0.1"] };
  process.env.ASSAY_SMTP_URL = `smtp://mail.example.org:${sink.port}`;
  delete holder.assayEnv;
  const blocked = await sendMail("a@example.org", sent, named);
  expect(blocked).toMatchObject({ delivered: false, outcome: "blocked" });
  expect(blocked.detail).toContain("ASSAY_OUTBOUND_ALLOW");
  expect(sink.mails).toEqual([]);
  useServer(sink.port);
  expect(await sendMail("a@example.org", sent, allowed)).toMatchObject({
    delivered: false,
    status: 550,
    detail: expect.stringContaining("not from you"),
  });
  sink.close();
  expect(await sendMail("a@example.org", sent, allowed)).toMatchObject({ outcome: "connect" });
});

test("a password never goes over an open line to a host that nobody has allowed", async () => {
  const sink = await mailSink();
  useServer(sink.port);
  process.env.ASSAY_SMTP_URL = `smtp://name:word@mail.example.org:${sink.port}`;
  delete holder.assayEnv;
  const strict = readOutboundPolicy(undefined, [sink.port]);
  const policy = { ...strict, isAllowedAddress: () => true };
  const found = await sendMail("a@example.org", sent, {
    policy,
    resolve: async () => ["127.0.0.1"],
    totalMs: 500,
  });
  sink.close();
  expect(found.delivered).toBe(false);
  expect(sink.mails).toEqual([]);
});
