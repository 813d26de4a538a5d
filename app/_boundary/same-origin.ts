import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { RefusedRequest } from "./problem";

/**
 * A mutation that a browser's cookie vouches for must come from our own pages. Sec-Fetch-Site decides; where the browser does
 * not send it (plain HTTP on another host), the Origin must be ours. A request with neither is refused.
 * @throws AppError FORBIDDEN
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const ours = ownOrigin(headers);
  const accepted = site
    ? site === "same-origin" && (!origin || origin === ours)
    : origin !== null && origin === ours;
  if (accepted) return;
  throw new AppError("FORBIDDEN", "Changes are accepted from Assay's own pages only.", {
    reason: "cross_origin",
  });
}

/** Requests with a body say so in a type that no foreign page can send without being asked first. @throws RefusedRequest 415 */
export function requireJson(headers: Headers): void {
  const type = headers.get("content-type");
  if (type === null && !hasBody(headers)) return;
  if (/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type ?? "")) return;
  throw new RefusedRequest(415, "content_type", "Send the body as application/json.");
}

function hasBody(headers: Headers): boolean {
  return headers.has("transfer-encoding") || Number(headers.get("content-length") ?? 0) > 0;
}

function ownOrigin(headers: Headers): string {
  const configured = env().ASSAY_URL;
  if (configured) return new URL(configured).origin;
  return `http://${headers.get("host")}`;
}
