import { expect, test } from "./fixtures";
import { startFreshServer } from "./fresh-server";
import { openPage } from "./open-page";
import { newPerson, signIn } from "./people";

const nobody = { cookies: [], origins: [] };

test("the first person sets Assay up with the code from the console, once", async ({ browser }, info) => {
  test.skip(
    info.project.name === "phone",
    "one new installation is enough; the page itself is looked at by access.spec.ts",
  );
  const server = await startFreshServer();
  const context = await browser.newContext({ storageState: nobody });
  try {
    const page = await context.newPage();
    await openPage(page, server.url);
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await expect(page.getByText("Assay is not set up yet")).toBeVisible();

    await openPage(page, `${server.url}/setup`);
    const ada = newPerson("Ada Admin");
    await page.getByLabel("Code from the console").fill("00000-00000-00000-00000-00000-0");
    await page.getByLabel("Your name").fill(ada.name);
    await page.getByLabel("E-mail").fill(ada.email);
    await page.getByLabel("Password").fill(ada.password);
    await page.getByRole("button", { name: "Become administrator" }).click();
    await expect(
      page.getByText("This is not the code that was printed on the server's console."),
    ).toBeVisible();

    await page.goto("about:blank");
    await openPage(page, server.setupURL);
    // The address holds the code: nobody is asked for it.
    await expect(page.getByLabel("Your name")).toBeVisible();
    await expect(page.getByLabel("Code from the console")).toBeHidden();
    await page.getByLabel("Your name").fill(ada.name);
    await page.getByLabel("E-mail").fill(ada.email);
    await page.getByLabel("Password").fill(ada.password);
    await page.getByRole("button", { name: "Become administrator" }).click();
    await expect(page.getByRole("button", { name: `Account of ${ada.name}` })).toBeVisible();

    const second = await openPage(page, `${server.url}/setup`);
    expect(second?.status()).toBe(404);
  } finally {
    await context.close();
    await server.stop();
  }
});

test("a manager invites a reviewer by a link, who joins and sees the queue and nothing else", async ({
  page,
  browser,
  project,
  serverURL,
  expectedComplaints,
}) => {
  expectedComplaints.push(/status of 404/, /status of 409 .*\/members/);
  const { slug, name } = await project();
  const grace = newPerson("Grace Reviewer");
  await openPage(page, `/${slug}/setting/members`);
  await page.getByRole("radio", { name: /Reviewer/ }).check();
  await page.getByLabel("E-mail").fill(grace.email);
  await page.getByRole("button", { name: "Add or make a link" }).click();
  const dialog = page.getByRole("dialog", { name: "Link to join this project" });
  const link = await dialog.getByLabel("link", { exact: true }).innerText();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText(`${grace.email}, as reviewer`)).toBeVisible();

  const context = await browser.newContext({ storageState: nobody, baseURL: serverURL });
  const theirs = await context.newPage();
  await openPage(theirs, link);
  await expect(theirs.getByRole("heading", { name: `Join ${name}` })).toBeVisible();
  await expect(theirs.getByLabel("E-mail")).toHaveValue(grace.email);
  await theirs.getByLabel("Your name").fill(grace.name);
  await theirs.getByLabel("Password").fill(grace.password);
  await theirs.getByRole("button", { name: "Join" }).click();
  await theirs.waitForURL((url) => url.pathname.startsWith(`/${slug}`) || url.pathname === "/projects");
  await openPage(theirs, `/${slug}/accuracy`);
  await expect(theirs).toHaveURL(new RegExp(`/${slug}/review$`));
  const links = theirs.getByRole("navigation", { name: "Project" }).getByRole("link");
  await expect(links.filter({ visible: true })).toHaveText(["Review"]);
  expect((await openPage(theirs, `/${slug}/setting/members`))?.url()).toMatch(/\/review$/);

  await openPage(theirs, link);
  await theirs.reload();
  await expect(theirs.getByRole("heading", { name: "This link does not open anything" })).toBeVisible();
  await context.close();
});

test("a changed role counts from the next click, and a removed member loses access", async ({
  page,
  project,
  reviewer,
  reviewerPage,
  expectedComplaints,
}) => {
  expectedComplaints.push(/status of 404/);
  const made = await project();
  const theirs = await reviewerPage(made);
  await openPage(theirs, `/${made.slug}/review`);
  await openPage(page, `/${made.slug}/setting/members`);
  await page.getByLabel(`Role of ${reviewer.name}`).selectOption({ label: "Viewer" });
  await expect(page.getByText(`${reviewer.name} is viewer now`)).toBeVisible();
  await openPage(theirs, `/${made.slug}/accuracy`);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Accuracy");
  expect((await openPage(theirs, `/${made.slug}/review`))?.status()).toBe(404);

  await page.getByRole("button", { name: `Remove ${reviewer.name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByLabel(`Role of ${reviewer.name}`)).toHaveCount(0);
  expect((await openPage(theirs, `/${made.slug}/accuracy`))?.status()).toBe(404);
});

test("a wrong password gets a sentence, the right one gets in, and signing out ends it", async ({
  browser,
  serverURL,
  reviewer,
}) => {
  const context = await browser.newContext({ storageState: nobody, baseURL: serverURL });
  const page = await context.newPage();
  await openPage(page, "/projects");
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fprojects$/);
  await page.getByLabel("E-mail").fill(reviewer.email);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This address and password do not belong together.")).toBeVisible();
  await signIn(page, reviewer);
  await openPage(page, "/projects");
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  const copy = await context.storageState();
  await page.getByRole("button", { name: `Account of ${reviewer.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await context.close();

  const thief = await browser.newContext({ storageState: copy, baseURL: serverURL });
  const stolen = await thief.newPage();
  await openPage(stolen, "/projects");
  await expect(stolen).toHaveURL(/\/sign-in/);
  await thief.close();
});
