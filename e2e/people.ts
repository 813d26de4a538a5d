import { randomBytes } from "node:crypto";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { openPage } from "./open-page";

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** The administrator whom the server under test makes at its first start. */
export const ADMIN: Person = {
  name: "Administrator",
  email: process.env.ASSAY_E2E_EMAIL ?? "owner@example.com",
  password: process.env.ASSAY_E2E_PASSWORD ?? "story-owner-password",
};

export function newPerson(name: string): Person {
  const tag = randomBytes(4).toString("hex");
  return {
    name,
    email: `${name.split(" ")[0]?.toLowerCase()}-${tag}@example.org`,
    password: `open sesame ${tag}`,
  };
}

/** Signs in as a person does, on the page. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Person, "email" | "password">,
): Promise<void> {
  await openPage(page, "/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** The cookies of a person who has signed in on the page. */
export async function signedInState(
  browser: Browser,
  baseURL: string,
  person: Pick<Person, "email" | "password">,
): Promise<Awaited<ReturnType<BrowserContext["storageState"]>>> {
  const context = await browser.newContext({ baseURL, storageState: { cookies: [], origins: [] } });
  try {
    // A reviewer's first page would take items that nobody answers.
    await context.route("**/reviews/claim", (route) => route.abort());
    await signIn(await context.newPage(), person);
    return await context.storageState();
  } finally {
    await context.close();
  }
}
