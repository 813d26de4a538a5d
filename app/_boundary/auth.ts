import type { NextAuthOptions, Profile } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { InstanceCtx } from "@/lib/core/ctx";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { database } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import type { SignIn, Visitor } from "@/lib/project/begin-session";
import { SESSION_DAYS } from "@/lib/project/session";
import { signInWithPassword } from "@/lib/project/sign-in-with-password";
import { signInWithProvider } from "@/lib/project/sign-in-with-provider";
import { safeRedirect } from "./safe-path";
import { authSecret, cookieName, isHttps } from "./sign-in-token";

/**
 * next-auth's options for one request. The cookie that it makes says who signed in and in which session row, nothing else; no
 * adapter, no linking by address, no pages of its own.
 */
export function authOptions(visitor: Visitor, requestId: string): NextAuthOptions {
  const ctx = (): InstanceCtx => ({
    db: database(),
    actor: { kind: "system", job: "sign-in" },
    now: new Date(),
    requestId,
  });
  let signedIn: SignIn | null = null;
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 86_400 },
    useSecureCookies: isHttps(),
    cookies: cookies(),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        async authorize(input) {
          const given = { email: input?.email, password: input?.password };
          signedIn = await speaking(() => signInWithPassword(ctx(), pool("web"), given, visitor));
          return { id: signedIn.uid };
        },
      }),
      ...identityProvider(),
    ],
    callbacks: {
      redirect: ({ url, baseUrl }) => safeRedirect(url, baseUrl),
      async signIn({ account, profile }) {
        if (account?.provider !== "oidc") return signedIn !== null;
        const claims = (profile ?? {}) as ProviderProfile;
        signedIn = await speaking(() =>
          signInWithProvider(
            ctx(),
            {
              issuer: claims.iss ?? "",
              subject: claims.sub ?? "",
              email: claims.email,
              emailVerified: claims.email_verified,
              name: claims.name,
            },
            visitor,
          ),
        );
        return true;
      },
      jwt() {
        if (!signedIn) throw new Error("A token is made at sign-in only.");
        return { uid: signedIn.uid, sid: signedIn.sid };
      },
    },
    logger: {
      error: (code, detail) => log().warn({ requestId, code, reason: messageOf(detail) }, "sign-in failed"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

interface ProviderProfile extends Profile {
  iss?: string;
  email_verified?: unknown;
}

/** The one generic OpenID Connect provider, when the environment names it. */
function identityProvider(): OAuthConfig<ProviderProfile>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    {
      id: "oidc",
      name: OIDC_NAME,
      type: "oauth",
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      authorization: { params: { scope: "openid email profile" } },
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      idToken: true,
      checks: ["pkce", "state", "nonce"],
      userinfo: {
        // The verified identity token decides; some providers give the address only at this second place, for the same subject.
        async request({ tokens, client }) {
          const claims = (tokens as { claims(): ProviderProfile }).claims();
          if (claims.email !== undefined || !tokens.access_token) return claims;
          const more = await client.userinfo(tokens as Parameters<typeof client.userinfo>[0]);
          return { ...more, ...claims } as ProviderProfile;
        },
      },
      profile: (profile) => ({ id: profile.sub ?? "" }),
    },
  ];
}

export function identityProviderName(): string | null {
  return env().OIDC_ISSUER ? env().OIDC_NAME : null;
}

/** next-auth passes on an error's message alone: the sign-in page turns the reason into a sentence. */
async function speaking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw new Error(error.details.reason ?? "refused");
    log().error({ err: error }, "sign-in failed");
    throw new Error("internal");
  }
}

function cookies(): NonNullable<NextAuthOptions["cookies"]> {
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() } as const;
  const brief = { ...options, maxAge: 15 * 60 };
  return {
    sessionToken: { name: cookieName("session"), options },
    callbackUrl: { name: cookieName("to"), options },
    csrfToken: { name: cookieName("csrf"), options },
    pkceCodeVerifier: { name: cookieName("pkce"), options: brief },
    state: { name: cookieName("state"), options: brief },
    nonce: { name: cookieName("nonce"), options: brief },
  };
}

function messageOf(detail: unknown): string {
  const error = detail instanceof Error ? detail : (detail as { error?: unknown } | null)?.error;
  return error instanceof Error ? error.message.slice(0, 200) : "unknown";
}
