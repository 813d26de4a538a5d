import { env } from "@/lib/core/env";
import { accuracyChart } from "./accuracy-chart";
import { type Attempted, failed } from "./attempted";
import { composeMail } from "./compose-mail";
import type { Composed } from "./compose-request";
import { sendBySmtp } from "./outbound/mail-server";
import type { OutboundParts } from "./outbound/post-json";
import { renderPng } from "./render-png";

/** Sends a message to the recipients of an e-mail channel, by the installation's mail server. */
export async function sendMail(
  recipients: string,
  sent: Composed,
  parts: Partial<OutboundParts>,
): Promise<Attempted> {
  const { ASSAY_SMTP_URL: server, ASSAY_MAIL_FROM: from } = env();
  if (!server || !from)
    return failed("mail", "This installation has no mail server: ASSAY_SMTP_URL names one.");
  const { chart, to } = sent.message;
  const images = chart
    ? [{ cid: "accuracy", filename: "accuracy.png", content: await renderPng(accuracyChart(chart)) }]
    : [];
  const mail = composeMail(sent, { from, to: to ? [to] : recipients.split(", "), images });
  const result = await sendBySmtp(server, mail, parts);
  if (result.kind === "failed") return { ...failed(result.code, result.sentence), status: result.status };
  const detail =
    result.rejected.length === 0
      ? "Accepted by the mail server."
      : `Accepted by the mail server, but not for ${result.rejected.join(", ")}.`;
  return { ...failed("delivered", detail), delivered: true, status: 250 };
}
