/** An address that a press may open: the web or mail, nothing that runs or reads; null for everything else. */
export function safeAddress(href: string): string | null {
  try {
    // Without a base: what is relative to the sender's page leads nowhere here.
    const { protocol, href: address } = new URL(href);
    return protocol === "https:" || protocol === "http:" || protocol === "mailto:" ? address : null;
  } catch {
    return null;
  }
}
