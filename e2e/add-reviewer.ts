import type { Browser } from "@playwright/test";
import type { SignedIn } from "./fixtures";
import { openJsonApi } from "./json-api";
import { newPerson, signedInState } from "./people";
import type { TestProject } from "./project";

/** Somebody new who reviews in this project. */
export async function addReviewer(
  browser: Browser,
  url: string,
  admin: SignedIn,
  { slug }: TestProject,
  name: string,
) {
  const person = newPerson(name);
  const invite = await admin.api.post<{ path: string }>(`/api/v1/projects/${slug}/invites`, {
    role: "REVIEWER",
    email: person.email,
  });
  const visitor = await openJsonApi(url, { cookies: [], origins: [] });
  await visitor.post("/api/v1/invites/accept", { token: invite.path.split("#")[1], ...person });
  await visitor.close();
  return openJsonApi(url, await signedInState(browser, url, person));
}
