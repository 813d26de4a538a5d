import type { BrowserContext } from "@playwright/test";

/** What a page did that a text must not make it do. */
export interface SignsOfLife {
  dialogs: string[];
  /** Requests to any other place. */
  foreign: string[];
  /** What the content policy had to stop. */
  stopped: string[];
}

/** Listens on every page of the context, from its first moment on. */
export async function listenForLife(context: BrowserContext, origin: string): Promise<SignsOfLife> {
  const signs: SignsOfLife = { dialogs: [], foreign: [], stopped: [] };
  context.on("page", (page) =>
    page.on("dialog", (dialog) => {
      signs.dialogs.push(`${dialog.type()}: ${dialog.message()} (${page.url()})`);
      void dialog.dismiss();
    }),
  );
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith("http") && asked !== origin) signs.foreign.push(request.url());
  });
  await context.exposeBinding("assayStopped", ({ page }, what: string) => {
    signs.stopped.push(`${what} (${page.url()})`);
  });
  await context.addInitScript(`
    addEventListener("securitypolicyviolation", (event) => assayStopped(event.effectiveDirective + " " + event.blockedURI));
  `);
  return signs;
}
