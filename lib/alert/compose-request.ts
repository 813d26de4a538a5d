import { createHmac } from "node:crypto";
import type { Posted } from "./outbound/post-json";
import type { AlertEvent, AlertMessage } from "./schema";

export interface Composed {
  deliveryId: string;
  kind: string;
  event: AlertEvent | null;
  message: AlertMessage;
  /** When it was first made: the same at every attempt. */
  createdAt: Date;
}

const PAGERDUTY_ACTION = {
  opened: "trigger",
  reopened: "trigger",
  acknowledged: "acknowledge",
  resolved: "resolve",
};
const SLACK_BLOCK_LENGTH = 2_900;
const PAGERDUTY_SUMMARY_LENGTH = 1_000;

/** Standard Webhooks: id, time of the attempt and body are signed; the id is the same at every attempt. */
export function webhookRequest(address: string, secret: string, sent: Composed, now: Date): Posted {
  const { message, event, kind } = sent;
  const body = JSON.stringify({
    type: kind === "incident" ? `incident.${event}` : `alert.${kind}`,
    timestamp: sent.createdAt.toISOString(),
    data: {
      project: message.project,
      severity: message.severity,
      title: message.title,
      sentences: message.lines,
      url: message.link,
      incident: message.incident,
      parts: message.parts,
    },
  });
  const seconds = String(Math.floor(now.getTime() / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key)
    .update(`${sent.deliveryId}.${seconds}.${body}`)
    .digest("base64");
  return {
    address,
    body,
    headers: {
      "webhook-id": sent.deliveryId,
      "webhook-timestamp": seconds,
      "webhook-signature": `v1,${signature}`,
    },
  };
}

/** Foreign words go into plain text blocks only, where Slack reads no links, mentions or marks. */
export function slackRequest(address: string, sent: Composed): Posted {
  const { message, deliveryId } = sent;
  const section = (text: string) => ({
    type: "section",
    text: { type: "plain_text", emoji: false, text: clip(text, SLACK_BLOCK_LENGTH) },
  });
  const mark = message.severity === "critical" ? "🔴 " : message.severity === "warning" ? "🟠 " : "";
  const parts = message.parts
    .slice(0, 40)
    .map(({ title, lines }) => section(`• ${[title, ...lines].join("\n")}`));
  const blocks = [
    { ...section(`${mark}${message.title}`), block_id: deliveryId },
    ...(message.lines.length > 0 ? [section(message.lines.join("\n"))] : []),
    ...parts,
    ...(message.link
      ? [
          {
            type: "actions",
            elements: [
              { type: "button", text: { type: "plain_text", text: "Open in Assay" }, url: message.link },
            ],
          },
        ]
      : []),
  ];
  return {
    address,
    body: JSON.stringify({ text: escapeSlack(`${mark}${message.title}`), blocks }),
    headers: {},
  };
}

/** One PagerDuty alert for each incident: opened triggers it, what follows acknowledges and resolves the same one. */
export function pagerDutyRequest(address: string, key: string, sent: Composed): Posted {
  const { message, event, deliveryId } = sent;
  const action = event ? PAGERDUTY_ACTION[event] : "trigger";
  const subject = `assay:${message.incident?.id ?? message.thread ?? deliveryId}`;
  const body = {
    routing_key: key,
    event_action: action,
    dedup_key: subject,
    client: "Assay",
    ...(message.link
      ? { client_url: message.link, links: [{ href: message.link, text: "Open in Assay" }] }
      : {}),
    payload: {
      summary: clip(message.title, PAGERDUTY_SUMMARY_LENGTH),
      source: message.project.slug,
      severity: message.severity,
      timestamp: sent.createdAt.toISOString(),
      ...(message.incident ? { class: message.incident.kind } : {}),
      custom_details: { sentences: message.lines, incident: message.incident, delivery: deliveryId },
    },
  };
  return { address, body: JSON.stringify(body), headers: {} };
}

/** The alert that a test has made goes away again. */
export function pagerDutyResolve(posted: Posted): Posted {
  return { ...posted, body: JSON.stringify({ ...JSON.parse(posted.body), event_action: "resolve" }) };
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
