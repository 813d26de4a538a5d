import type { IncomingMessage } from "node:http";

/**
 * The headers of a request with a key that came as a name or password (Basic, RFC 7617) as one that came as a token. Some exporters of
 * OpenTelemetry know nothing else; other doors do not take it.
 */
export function withBasicKey({ rawHeaders }: IncomingMessage): Pick<IncomingMessage, "rawHeaders"> {
  return {
    rawHeaders: rawHeaders.map((value, at) => {
      const isBasic = at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "authorization";
      return isBasic && value.slice(0, 6).toLowerCase() === "basic "
        ? `Bearer ${basicKey(value.slice(6))}`
        : value;
    }),
  };
}

function basicKey(encoded: string): string {
  const text = Buffer.from(encoded.trim(), "base64").toString("latin1");
  const colon = text.indexOf(":");
  const password = text.slice(colon + 1);
  return colon < 0 || password.startsWith("asy_") ? password : text.slice(0, colon);
}
