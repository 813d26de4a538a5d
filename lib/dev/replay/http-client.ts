/** Talks to a running Assay like a browser (cookie and origin) or like a machine (key). */
export interface HttpClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

/** An answer that was no success, with the sentence that the server gave. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "HttpError";
    this.status = status;
  }
}

const RETRIED = new Set([429, 503]);
const MOST_TRIES = 8;

/** A client that signs each request with an API key. */
export function keyClient(base: string, key: string): HttpClient {
  return clientWith(base, () => ({ authorization: `Bearer ${key}` }));
}

/** Signs a person in as the sign-in page does. @throws HttpError when e-mail or password are wrong */
export async function signIn(base: string, email: string, password: string): Promise<HttpClient> {
  const jar = new Map<string, string>();
  const origin = new URL(base).origin;
  const csrf = await request(base, "GET", "/api/auth/csrf", { headers: {} }, jar);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, email, password, json: "true", callbackUrl: origin });
  const headers = { "content-type": "application/x-www-form-urlencoded", origin, cookie: cookies(jar) };
  const answer = await request(
    base,
    "POST",
    "/api/auth/callback/credentials",
    { headers, body: form.toString() },
    jar,
  );
  await answer.arrayBuffer();
  if (![...jar.keys()].some((name) => name.endsWith("session"))) {
    throw new HttpError(401, `${email} could not sign in: check the address and the password.`);
  }
  return clientWith(base, () => ({ origin, "sec-fetch-site": "same-origin", cookie: cookies(jar) }));
}

/** A client that is nobody: for invitations, whose link is the proof. */
export function visitorClient(base: string): HttpClient {
  const origin = new URL(base).origin;
  return clientWith(base, () => ({ origin, "sec-fetch-site": "same-origin" }));
}

function clientWith(base: string, identity: () => Record<string, string>): HttpClient {
  return {
    get: (path) => json(base, "GET", path, { headers: identity() }),
    post: (path, body) =>
      json(base, "POST", path, {
        headers: { ...identity(), "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

interface Outgoing {
  headers: Record<string, string>;
  body?: string;
}

async function json<T>(base: string, method: string, path: string, outgoing: Outgoing): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await request(base, method, path, outgoing);
    const text = await answer.text();
    if (answer.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
    if (!RETRIED.has(answer.status) || attempt >= MOST_TRIES)
      throw refusal(method, path, answer.status, text);
    const seconds = Number(answer.headers.get("retry-after")) || attempt;
    await new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 30) * 1_000));
  }
}

async function request(
  base: string,
  method: string,
  path: string,
  { headers, body }: Outgoing,
  jar?: Map<string, string>,
): Promise<Response> {
  const url = new URL(path, base);
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(120_000),
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      jar?.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  } catch (error) {
    throw new Error(`${url.origin} does not answer: is Assay running there?`, { cause: error });
  }
}

function cookies(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

function refusal(method: string, path: string, status: number, text: string): HttpError {
  let sentence = text.slice(0, 300);
  try {
    const problem = JSON.parse(text) as { detail?: string; title?: string };
    sentence = problem.detail ?? problem.title ?? sentence;
  } catch {
    // Not JSON: the text itself is the best that there is.
  }
  return new HttpError(status, `${method} ${path} answered ${status}: ${sentence}`);
}
