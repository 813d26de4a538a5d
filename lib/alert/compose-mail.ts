import type { Composed } from "./compose-request";
import type { Mail } from "./outbound/mail-server";
import type { AlertMessage } from "./schema";

export interface MailParts {
  from: string;
  to: string[];
  images?: Mail["images"];
}

/** The words of a message as an e-mail: plain text and the same as simple HTML without anything to load. */
export function composeMail({ deliveryId, message }: Composed, { from, to, images = [] }: MailParts): Mail {
  const host = /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? "assay.invalid";
  return {
    from,
    to,
    subject: message.title.replaceAll(/\s+/g, " ").slice(0, 200),
    text: plainText(message),
    html: htmlText(message, images),
    messageId: `<${deliveryId}@${host}>`,
    images,
  };
}

/** What a reader without HTML sees: the same sentences. */
export function plainText(message: AlertMessage): string {
  const { lines, parts, link, project } = message;
  const said = parts.flatMap((part) => [
    "",
    `* ${part.title}`,
    ...part.lines.map((line) => `  ${line}`),
    ...(part.link && part.link !== link ? [`  ${part.link}`] : []),
  ]);
  return [message.title, "", ...lines, ...said, "", ...(link ? [link, ""] : []), footer(project.name)].join(
    "\n",
  );
}

const PAGE =
  "margin:0;padding:24px;background:#f6f6f7;font:15px/1.5 -apple-system,Segoe UI,Roboto,Arial,sans-serif;color:#18181b";
const SHEET =
  "max-width:600px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #e4e4e7;border-radius:8px";
const BARS = { critical: "#c2410c", warning: "#a16207", info: "#52525b" };
const WORDS = { critical: "Critical", warning: "Warning", info: "" };
const BUTTON =
  "display:inline-block;padding:8px 14px;background:#27272a;color:#ffffff;border-radius:6px;text-decoration:none";

function htmlText(message: AlertMessage, images: Mail["images"]): string {
  const { title, lines, parts, link, severity, project } = message;
  const label = WORDS[severity];
  const paragraph = (line: string) => `<p style="margin:8px 0">${escapeHtml(line)}</p>`;
  const part = (each: AlertMessage["parts"][number]) =>
    `<div style="margin:16px 0 0;padding:12px 0 0;border-top:1px solid #e4e4e7"><strong>${
      each.link
        ? `<a href="${escapeHtml(each.link)}" style="color:#18181b">${escapeHtml(each.title)}</a>`
        : escapeHtml(each.title)
    }</strong>${each.lines.map(paragraph).join("")}</div>`;
  const image = ({ cid }: Mail["images"][number]) =>
    `<img src="cid:${escapeHtml(cid)}" width="552" alt="${escapeHtml("Accuracy by week; the numbers are in the text below.")}" style="display:block;width:100%;max-width:552px;height:auto;margin:12px 0">`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    `<body style="${PAGE}"><div style="${SHEET};border-top:4px solid ${BARS[severity]}">`,
    label === "" ? "" : `<p style="margin:0 0 4px;color:${BARS[severity]};font-weight:600">${label}</p>`,
    `<h1 style="margin:0 0 12px;font-size:18px;line-height:1.35">${escapeHtml(title)}</h1>`,
    images.map(image).join(""),
    lines.map(paragraph).join(""),
    parts.map(part).join(""),
    link
      ? `<p style="margin:20px 0 0"><a href="${escapeHtml(link)}" style="${BUTTON}">Open in Assay</a></p>`
      : "",
    `</div><p style="max-width:600px;margin:12px auto 0;color:#71717a;font-size:12px">${escapeHtml(footer(project.name))}</p>`,
    "</body></html>",
  ].join("");
}

function footer(project: string): string {
  return `Sent by Assay for ${project}. A manager of the project decides who gets this, under Settings, Alerts.`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
