import { expect, test } from "vitest";
import { contentSecurityPolicy, createNonce, securityHeaders, withImageHosts } from "./security-headers";

test("scripts run by nonce only; nothing else comes from elsewhere", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*|script-src[^;]*unsafe-inline/);
});

const imagesOf = (policy: string) => /img-src ([^;]*)/.exec(policy)?.[1];

test("images come from here, and from exactly the hosts that a page names", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(imagesOf(policy)).toBe("'self' data:");
  const named = withImageHosts(policy, ["images.example.com", "cdn.example.org"]);
  expect(imagesOf(named)).toBe("'self' data: https://images.example.com https://cdn.example.org");
  expect(named.replace(/img-src [^;]*/, "")).toBe(policy.replace(/img-src [^;]*/, ""));
});

test.each([
  "*",
  "*.example.com",
  "a.example.com; script-src *",
  "a b",
  "A.example.com",
  "a.example.com:8443",
  "https:",
  "",
])("%j is no host and changes no policy", (host) => {
  const policy = contentSecurityPolicy("abc", false);
  expect(withImageHosts(policy, [host])).toBe(policy);
});

test("a nonce is never used twice", () => {
  const nonces = Array.from({ length: 1000 }, createNonce);
  expect(new Set(nonces).size).toBe(1000);
  expect(nonces.every((nonce) => Buffer.from(nonce, "base64").length === 16)).toBe(true);
});

test("HSTS only where people come over HTTPS", () => {
  expect(securityHeaders(true)).toHaveProperty("Strict-Transport-Security");
  expect(securityHeaders(false)).not.toHaveProperty("Strict-Transport-Security");
});
