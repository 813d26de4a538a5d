import { expect, test } from "vitest";
import type { AlertRoute, ChannelRow, DeliveryRow } from "@/lib/alert/schema";
import { channelTrouble, clockText, minuteOf, quietSentence, routesSentence } from "./channel-sentences";
import { deliveryDetail, toldSentence } from "./delivery-words";

const route = (settings: Partial<AlertRoute> = {}): AlertRoute => ({
  severity: "any",
  attribute: "",
  value: "",
  timing: "at_once",
  ...settings,
});

test("who is told what is one sentence", () => {
  const critical = route({ severity: "critical", attribute: "region", value: "EU" });
  expect(routesSentence("#ops", [critical, route({ timing: "digest" })], 480)).toBe(
    "Critical incidents of region EU go to #ops at once; all others go with the digest at 08:00.",
  );
  expect(routesSentence("#ops", [route()], 480)).toBe("All incidents go to #ops at once.");
  expect(
    routesSentence(
      "#ops",
      [route({ severity: "critical" }), route({ severity: "warning", timing: "digest" })],
      450,
    ),
  ).toBe(
    "Critical incidents go to #ops at once; other warnings go with the digest at 07:30; it is told of nothing else.",
  );
  expect(routesSentence("a@b.org", [route({ attribute: "region", value: "" })], 0)).toBe(
    "All incidents of region (empty) go to a@b.org at once; it is told of nothing else.",
  );
});

test("quiet hours and times of day", () => {
  expect(quietSentence({ from: 1_320, to: 420, weekends: true, except_critical: true })).toBe(
    "Quiet from 22:00 to 07:00 and on weekends; critical incidents come through.",
  );
  expect(quietSentence({ from: 0, to: 0, weekends: true, except_critical: false })).toBe(
    "Quiet on weekends, critical incidents too.",
  );
  for (let minute = 0; minute < 1_440; minute += 1) expect(minuteOf(clockText(minute))).toBe(minute);
  for (const text of ["", "7:30", "24:00", "12:60", "noon"]) expect(minuteOf(text)).toBe(null);
});

const channel: ChannelRow = {
  id: "0199d0a0-0000-7000-8000-000000000001",
  kind: "webhook",
  name: "#ops",
  destination: "https://hooks.example.com/",
  has_secret: true,
  routes: [route()],
  quiet: null,
  digest_minute: 480,
  weekly: false,
  muted_until: null,
  disabled_at: null,
  disabled_reason: null,
  last_delivered_at: null,
  dead: 0,
};

test("what is wrong with a channel, the worst first", () => {
  expect(channelTrouble(channel)).toBe(null);
  expect(channelTrouble({ ...channel, dead: 1 })).toContain("1 message of the last seven days");
  expect(channelTrouble({ ...channel, has_secret: false, dead: 1 })).toContain("wiped the secret");
  expect(channelTrouble({ ...channel, kind: "email", has_secret: false })).toBe(null);
  expect(
    channelTrouble({ ...channel, disabled_at: "2026-03-02T09:00:00Z", disabled_reason: "gone" }),
  ).toContain("gone for good");
});

test("what became of a message", () => {
  const attempt = {
    number: 1,
    at: "2026-03-02T09:12:00Z",
    status: 500,
    outcome: "answered",
    detail: "It answered with status 500.",
    milliseconds: 300,
  };
  const row: DeliveryRow = {
    id: channel.id,
    channel: { id: channel.id, name: "PagerDuty", kind: "pagerduty", stopped: null },
    kind: "incident",
    event: "opened",
    incident_id: channel.id,
    title: "New incident",
    state: "waiting",
    held_for: null,
    created_at: "2026-03-02T09:12:00Z",
    due_at: "2026-03-02T09:17:00Z",
    settled_at: null,
    attempts: [attempt],
  };
  expect(toldSentence(row, "UTC")).toBe("PagerDuty: second attempt due 2 Mar 2026, 09:17");
  expect(deliveryDetail(row, "UTC")).toBe(
    "It answered with status 500. The second attempt is due 2 Mar 2026, 09:17.",
  );
  const delivered = { ...row, state: "delivered" as const, settled_at: "2026-03-02T09:12:00Z" };
  expect(toldSentence(delivered, "UTC")).toBe("PagerDuty, 2 Mar 2026, 09:12: delivered");
  expect(deliveryDetail({ ...row, state: "held", held_for: "quiet" }, "UTC")).toBe(
    "It waits for the end of quiet hours: 2 Mar 2026, 09:17.",
  );
  const off = { ...row, channel: { ...row.channel, stopped: "disabled" as const } };
  expect(deliveryDetail(off, "UTC")).toBe("The channel is switched off.");
});
