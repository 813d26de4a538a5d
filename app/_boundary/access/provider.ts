import { OAuth2Server } from "oauth2-mock-server";

export interface Claims {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  /** Overwrites what a provider would say by itself. */
  nonce?: string;
  aud?: string;
  iss?: string;
}

export interface Provider {
  env: Record<string, string>;
  /** Who signs in there next; `more` is what its second address says about them. */
  claim: (claims: Claims, more?: Record<string, unknown> | null) => void;
  stop: () => Promise<void>;
}

/** An identity provider on this machine: discovery, redirect, code, signed tokens. */
export async function startProvider(): Promise<Provider> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate("RS256");
  await server.start(0, "localhost");
  let claims: Claims = { sub: "nobody" };
  let userinfo: Record<string, unknown> | null = null;
  server.service.on("beforeUserinfo", (response: { body: unknown }) => {
    response.body = userinfo ?? { sub: claims.sub };
  });
  server.service.on("beforeTokenSigning", (token: { payload: Record<string, unknown> }) => {
    Object.assign(token.payload, claims);
  });
  return {
    env: {
      OIDC_ISSUER: server.issuer.url ?? "",
      OIDC_CLIENT_ID: "assay",
      OIDC_CLIENT_SECRET: "a secret between the two",
      OIDC_NAME: "Example ID",
    },
    claim: (next, more = null) => {
      claims = next;
      userinfo = more;
    },
    stop: () => server.stop(),
  };
}

/** A browser as far as signing in needs one: it keeps cookies and follows redirects one by one. */
export class Visit {
  readonly cookies = new Map<string, string>();
  private readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  async go(
    url: string,
    init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const ours = url.startsWith(this.origin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      ...init.headers,
      ...(ours ? { cookie, origin: this.origin, "sec-fetch-site": "same-origin" } : {}),
    };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    if (ours) for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  private keep(line: string): void {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    if (/max-age=0|1970/i.test(line)) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }

  /** Presses "Continue with …": the address at the provider. */
  async begin(to = "/projects"): Promise<string> {
    const { csrfToken } = (await (await this.go(`${this.origin}/api/auth/csrf`)).json()) as {
      csrfToken: string;
    };
    const response = await this.go(`${this.origin}/api/auth/signin/oidc`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, callbackUrl: to, json: "true" }).toString(),
    });
    return ((await response.json()) as { url: string }).url;
  }

  /** The provider's answer: the address to which it sends the browser back. */
  async atProvider(url: string): Promise<string> {
    return (await this.go(url)).headers.get("location") ?? "";
  }

  /** Where it ends: a path of ours. */
  async comeBack(callback: string): Promise<string> {
    let location = callback;
    for (let hop = 0; hop < 5 && new URL(location, this.origin).pathname.startsWith("/api/auth/"); hop += 1)
      location = (await this.go(new URL(location, this.origin).href)).headers.get("location") ?? "";
    const { pathname, search } = new URL(location, this.origin);
    return `${pathname}${search}`;
  }

  async signIn(): Promise<string> {
    return this.comeBack(await this.atProvider(await this.begin()));
  }

  async whoAmI(): Promise<{ status: number; email?: string; name?: string }> {
    const response = await this.go(`${this.origin}/api/v1/session`);
    return { ...((await response.json()) as { email?: string; name?: string }), status: response.status };
  }
}
