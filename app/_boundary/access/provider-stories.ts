import { expect, test } from "vitest";
import { createProjectInvite } from "@/lib/project/create-invite";
import { contextFor, makePerson } from "@/lib/testing/make-project";
import type { RunningProduct } from "@/lib/testing/running-product";
import { type Claims, type Provider, Visit } from "./provider";
import type { World } from "./world";

/** To the sign-in page, with a reason. */
const SENT_BACK = /^\/sign-in\?(.*&)?error=/;

interface Stage {
  product: RunningProduct;
  provider: Provider;
  world: World;
}

/** Signing in through the identity provider, over its real redirects. */
export function tellProviderStories(stage: () => Stage): void {
  tellWhoGetsIn(stage);
  tellWhoStaysOut(stage);
  tellForgeries(stage);
}

async function visit({ product, provider }: Stage, claims: Claims, more?: Record<string, unknown>) {
  provider.claim(claims, more);
  const browser = new Visit(product.origin);
  return { browser, at: await browser.signIn() };
}

function invite({ world }: Stage, email: string) {
  return createProjectInvite(contextFor(world.db, world.own.project), { role: "REVIEWER", email });
}

/** Somebody whom the provider knows already under this subject. */
function acquaintance({ world, provider }: Stage, subject: string) {
  return makePerson(world.db, { oidcIssuer: provider.env.OIDC_ISSUER ?? "", oidcSubject: subject });
}

function tellWhoGetsIn(stage: () => Stage): void {
  test("an invited, verified address becomes a member; afterwards the subject alone counts", async () => {
    const email = "invited@example.org";
    await invite(stage(), email);
    const first = await visit(stage(), { sub: "s-3", email, email_verified: true, name: "Grace Hopper" });
    expect(first.at).toBe("/projects");
    expect(await first.browser.whoAmI()).toMatchObject({ status: 200, email, name: "Grace Hopper" });
    const { world } = stage();
    const person = await world.db.user.findUniqueOrThrow({
      where: { email },
      include: { memberships: true },
    });
    expect(person.memberships).toMatchObject([{ projectId: world.own.project.id, role: "REVIEWER" }]);

    const again = await visit(stage(), { sub: "s-3", email: "married@example.org", email_verified: false });
    expect(again.at).toBe("/projects");
    expect(await again.browser.whoAmI()).toMatchObject({ status: 200, email });
    const other = await visit(stage(), { sub: "s-4", email, email_verified: true });
    expect(other.at).toBe("/sign-in?error=account_exists");
  });

  test("where to go on is a page of ours, whatever was asked for", async () => {
    const { product, provider } = stage();
    await acquaintance(stage(), "s-9");
    provider.claim({ sub: "s-9" });
    for (const wanted of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
      const browser = new Visit(product.origin);
      const callback = await browser.atProvider(await browser.begin(wanted));
      const response = await browser.go(callback);
      expect(new URL(response.headers.get("location") ?? "", product.origin).origin).toBe(product.origin);
      expect((await browser.whoAmI()).status).toBe(200);
    }
  });

  test("an address that the provider gives only at its second place counts, when it is about the same person", async () => {
    const email = "second-place@example.org";
    await invite(stage(), email);
    const liar = await visit(stage(), { sub: "s-10" }, { sub: "somebody-else", email, email_verified: true });
    expect(liar.at).toMatch(SENT_BACK);
    const { at } = await visit(stage(), { sub: "s-10" }, { sub: "s-10", email, email_verified: true });
    expect(at).toBe("/projects");
  });
}

function tellWhoStaysOut(stage: () => Stage): void {
  test("whom nobody invited gets no account", async () => {
    const { browser, at } = await visit(stage(), {
      sub: "s-1",
      email: "uninvited@example.org",
      email_verified: true,
    });
    expect(at).toBe("/sign-in?error=not_invited");
    expect((await browser.whoAmI()).status).toBe(401);
    expect(await stage().world.db.user.count({ where: { email: "uninvited@example.org" } })).toBe(0);
  });

  test.each([false, undefined])(
    "an address that is not verified (%s) opens nothing, invited or not",
    async (verified) => {
      const email = `unverified-${verified}@example.org`;
      await invite(stage(), email);
      const claims = {
        sub: `s-2-${verified}`,
        email,
        ...(verified === undefined ? {} : { email_verified: verified }),
      };
      const { browser, at } = await visit(stage(), claims);
      expect(at).toBe("/sign-in?error=provider_email_unverified");
      expect((await browser.whoAmI()).status).toBe(401);
      expect(await stage().world.db.user.count({ where: { email } })).toBe(0);
    },
  );

  test("an address that has an account with a password is not taken over", async () => {
    const person = await makePerson(stage().world.db, { passwordHash: "unused" });
    await invite(stage(), person.email);
    const { browser, at } = await visit(stage(), { sub: "s-5", email: person.email, email_verified: true });
    expect(at).toBe("/sign-in?error=account_exists");
    expect((await browser.whoAmI()).status).toBe(401);
    expect(await stage().world.db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
      oidcSubject: null,
    });
  });

  test("a disabled person stays out, with the next click and at the next sign-in", async () => {
    const { product, world } = stage();
    const person = await acquaintance(stage(), "s-6");
    const { browser } = await visit(stage(), { sub: "s-6" });
    expect((await browser.whoAmI()).status).toBe(200);
    await world.db.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    expect((await browser.whoAmI()).status).toBe(401);
    expect(await new Visit(product.origin).signIn()).toMatch(SENT_BACK);
  });
}

function tellForgeries(stage: () => Stage): void {
  test.each<[string, Partial<Claims>]>([
    ["another nonce", { nonce: "of another visit" }],
    ["another audience", { aud: "another-client" }],
    ["another issuer", { iss: "https://evil.example" }],
  ])("a token with %s is refused", async (_, forged) => {
    const { product, provider } = stage();
    await acquaintance(stage(), `s-7-${_}`);
    const { browser, at } = await visit(stage(), { sub: `s-7-${_}`, ...forged });
    expect(at).toMatch(SENT_BACK);
    expect((await browser.whoAmI()).status).toBe(401);
    provider.claim({ sub: `s-7-${_}` });
    expect(await new Visit(product.origin).signIn()).toBe("/projects");
  });

  test("an answer of the provider opens nothing in another browser, nor twice, nor with a changed state", async () => {
    const { product, provider } = stage();
    await acquaintance(stage(), "s-8");
    provider.claim({ sub: "s-8" });
    const own = new Visit(product.origin);
    const callback = await own.atProvider(await own.begin());
    const thief = new Visit(product.origin);
    expect(await thief.comeBack(callback)).toMatch(/error=/);
    expect((await thief.whoAmI()).status).toBe(401);
    expect(await own.comeBack(callback.replace(/state=[^&]+/, "state=forged"))).toMatch(/error=/);
    expect((await own.whoAmI()).status).toBe(401);
  });
}
