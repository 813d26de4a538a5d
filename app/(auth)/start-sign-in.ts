import { fetchJson } from "@/components/ui/fetch-json";

const SENTENCES: Record<string, string> = {
  credentials: "This address and password do not belong together.",
  too_many_tries: "Too many tries. Wait a quarter of an hour and try again.",
  sign_in_busy: "Too many people sign in at this moment. Try again in a few seconds.",
  not_invited: "Nobody has invited this address yet. Ask an administrator for a link.",
  account_exists: "There is an account with this address already. Sign in with its password.",
  provider_email_unverified:
    "The identity provider has not verified your address, so it cannot open an account here.",
};

/** A person's sentence for next-auth's error codes. */
export function signInSentence(code: string): string {
  return SENTENCES[code] ?? "Signing in did not work. Try again; if it keeps failing, ask an administrator.";
}

/** Signs in with a password. Returns null when it worked, else the sentence to show. */
export async function signInWithPassword(email: string, password: string): Promise<string | null> {
  const { url } = await post("/api/auth/callback/credentials", { email, password });
  const answer = new URL(url, window.location.origin);
  const code = answer.searchParams.get("error");
  if (code) return signInSentence(code);
  return answer.pathname.startsWith("/api/") ? signInSentence("") : null;
}

/** Goes to the identity provider, and from there back to `to`. */
export async function goToProvider(to: string): Promise<void> {
  const { url } = await post("/api/auth/signin/oidc", { callbackUrl: to });
  window.location.assign(url);
}

async function post(path: string, fields: Record<string, string>): Promise<{ url: string }> {
  const { csrfToken } = await fetchJson<{ csrfToken: string }>("/api/auth/csrf");
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
  return (await response.json()) as { url: string };
}
