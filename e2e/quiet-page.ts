import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/**
 * Collects what a page complains about: exceptions, console errors (a violated content policy is one), and answers that say that
 * the server broke. A refusal that a story asks for is named in `expected`.
 */
export function listenForComplaints(context: BrowserContext, expected: () => readonly RegExp[]): string[] {
  const complaints: string[] = [];
  const note = (text: string) => {
    if (!expected().some((pattern) => pattern.test(text))) complaints.push(text);
  };
  context.on("console", (message) => {
    // The browser's own question, before it has read which icon the page names.
    if (message.location().url.endsWith("/favicon.ico")) return;
    if (message.type() === "error") note(`console: ${message.text()} (${placeOf(message)})`);
  });
  context.on("weberror", (error) => note(`exception: ${error.error().stack ?? error.error().message}`));
  context.on("response", (response) => {
    if (response.status() >= 500) note(`answer: ${response.status()} ${response.url()}`);
  });
  return complaints;
}

function placeOf(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location();
  return `${url}:${lineNumber}`;
}
