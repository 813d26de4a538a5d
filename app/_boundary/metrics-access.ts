import { hash, timingSafeEqual } from "node:crypto";
import { mintProjectScope, type ProjectScope } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/core/env";
import { nothingHere } from "./problem";
import { visitorOf } from "./request-facts";

/**
 * Lets in who knows the token. Without one, only this machine, and nobody where people come by another address: behind a proxy on this
 * machine everybody would seem to be it. @throws AppError
 */
export function admitToMetrics(headers: Headers): void {
  const { ASSAY_METRICS_TOKEN: token, ASSAY_URL } = env();
  if (!token) {
    if (isLoopback(visitorOf(headers).ip ?? "") && (!ASSAY_URL || isLoopback(new URL(ASSAY_URL).hostname)))
      return;
    throw nothingHere();
  }
  const sent = /^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  const [known, given] = [token, sent].map((text) => hash("sha256", text, "buffer"));
  if (known && given && timingSafeEqual(known, given)) return;
  throw new AppError("UNAUTHENTICATED", "Send the token of ASSAY_METRICS_TOKEN as bearer token.", {
    reason: "metrics_token",
  });
}

/** Whoever was let in reads numbers of every project. */
export function metricScope(project: { id: string; slug: string; timeZone: string }): ProjectScope {
  return mintProjectScope(project);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
