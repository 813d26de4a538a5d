import { randomBytes } from "node:crypto";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { checkAddress } from "./outbound/check-address";
import { type OutboundPolicy, webPolicy } from "./outbound/outbound-policy";
import type { ChannelKindName } from "./schema";

const PAGERDUTY_HOSTS: Record<string, string> = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
};
const MOST_RECIPIENTS = 20;
const ONE_ADDRESS = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i;

/** Where a channel's messages go, and what only Assay and the receiver know; null when there is no such thing. */
export interface ChannelTarget {
  destination: string;
  /** Undefined: none was given. */
  secret: string | null | undefined;
}

/** Reads what a person typed about the destination of a channel. @throws AppError INVALID with the field that is wrong */
export function readTarget(kind: ChannelKindName, destination: string, secret?: string): ChannelTarget {
  const policy = webPolicy();
  if (kind === "email") return { destination: readRecipients(destination), secret: null };
  if (kind === "pagerduty") return { destination: readRegion(destination, policy), secret: readKey(secret) };
  const url = readUrl(destination, policy);
  // Slack's address is the secret itself: whoever knows it can post. Only its host is shown.
  if (kind === "slack") return { destination: url.host, secret: url.href };
  return { destination: url.href, secret: secret ? readSigningSecret(secret) : undefined };
}

/** A signing secret in the form of Standard Webhooks. */
export function makeSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

function readUrl(text: string, policy: OutboundPolicy): URL {
  const checked = checkAddress(text, policy);
  if (checked.ok) return checked.url;
  throw wrong("destination", checked.sentence);
}

function readRegion(text: string, policy: OutboundPolicy): string {
  const known = PAGERDUTY_HOSTS[text.toLowerCase()];
  if (known) return known;
  const { href, hostname } = readUrl(text, policy);
  if (hostname.endsWith(".pagerduty.com") || policy.isAllowedHost(hostname)) return href;
  throw wrong("destination", "Choose the region of your PagerDuty account.");
}

function readKey(secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  if (/^[a-zA-Z0-9]{32}$/.test(secret)) return secret;
  throw wrong("secret", "An integration key has 32 letters and digits.");
}

function readSigningSecret(secret: string): string {
  const bytes = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  if (/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret) && bytes.length >= 24 && bytes.length <= 64) return secret;
  throw wrong("secret", "A signing secret begins with whsec_ and holds 24 to 64 bytes in base64.");
}

function readRecipients(text: string): string {
  const addresses = text
    .split(/[\s,;]+/)
    .map((each) => each.normalize("NFKC").toLowerCase())
    .filter((each) => each !== "");
  const bad = addresses.find((each) => !ONE_ADDRESS.test(each));
  if (bad !== undefined) throw wrong("destination", `“${bad}” is no e-mail address.`);
  if (addresses.length > MOST_RECIPIENTS)
    throw wrong("destination", `A channel has at most ${MOST_RECIPIENTS} recipients. Use a group address.`);
  if (!env().ASSAY_SMTP_URL)
    throw wrong(
      "destination",
      "This installation has no mail server yet. Whoever runs it names one with ASSAY_SMTP_URL and ASSAY_MAIL_FROM.",
    );
  return [...new Set(addresses)].join(", ");
}

function wrong(field: string, sentence: string): AppError {
  return new AppError("INVALID", sentence, { fields: { [field]: sentence } });
}
