import type { ChannelKind } from "@/lib/db/generated/enums";
import { type Attempted, failed } from "./attempted";
import { openChannelSecret } from "./channel-secret";
import {
  type Composed,
  pagerDutyRequest,
  pagerDutyResolve,
  slackRequest,
  webhookRequest,
} from "./compose-request";
import { type OutboundParts, type PostResult, postJson } from "./outbound/post-json";
import { readRetryAfter } from "./retry-schedule";
import { sendMail } from "./send-mail";

export interface SendingChannel {
  projectId: string;
  id: string;
  kind: ChannelKind;
  destination: string;
  sealedSecret: string | null;
}

export type SendMessage = (channel: SendingChannel, sent: Composed, now: Date) => Promise<Attempted>;

/** Sends one message once. Every outcome is a value: what goes wrong out there is no error of ours. */
export function messageSender(parts: Partial<OutboundParts> = {}): SendMessage {
  return async (channel, sent, now) => {
    if (channel.kind === "EMAIL") return sendMail(channel.destination, sent, parts);
    const secret = readSecret(channel);
    if (secret === null)
      return failed("secret", "Its secret has to be entered again: the address was changed.");
    if (channel.kind === "SLACK") return readSlack(await postJson(slackRequest(secret, sent), parts), now);
    if (channel.kind === "WEBHOOK")
      return read(await postJson(webhookRequest(channel.destination, secret, sent, now), parts), now);
    const posted = pagerDutyRequest(channel.destination, secret, sent);
    const result = read(await postJson(posted, parts), now);
    if (sent.kind === "test" && result.delivered) await postJson(pagerDutyResolve(posted), parts);
    return result;
  };
}

function readSecret(channel: SendingChannel): string | null {
  if (channel.sealedSecret === null) return null;
  try {
    return openChannelSecret(channel, channel.sealedSecret);
  } catch {
    return null;
  }
}

function read(result: PostResult, now: Date): Attempted {
  if (result.kind === "failed") return failed(result.code, result.sentence);
  const { status } = result;
  const delivered = status >= 200 && status < 300;
  return {
    delivered,
    status,
    outcome: delivered ? "delivered" : "answered",
    detail: delivered ? "Accepted." : answerSentence(status, result.body),
    gone: status === 410,
    retryAfterSeconds: readRetryAfter(result.retryAfter, now),
  };
}

/** Slack says "ok" in the body; some proxies in front of it answer 200 with a page of theirs. */
function readSlack(result: PostResult, now: Date): Attempted {
  const attempted = read(result, now);
  if (!attempted.delivered || result.kind === "failed" || result.body.trim() === "ok") return attempted;
  return {
    ...attempted,
    delivered: false,
    outcome: "answered",
    detail: `Slack answered: ${excerpt(result.body)}`,
  };
}

function answerSentence(status: number, body: string): string {
  if (status >= 300 && status < 400)
    return "It wanted to send us to another address; redirects are not followed.";
  const said = excerpt(body);
  return said === "" ? `It answered with status ${status}.` : `It answered with status ${status}: ${said}`;
}

/** The beginning of what the receiver said, on one line and without control characters. */
function excerpt(body: string): string {
  const text = body.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
