import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apiKeySecretMatches, hashApiKeySecret, parseApiKey } from "./api-key";
import { makeApiKey } from "./make-api-key";

describe("API key", () => {
  it("has a form that secret scanners know and parses back", () => {
    const key = makeApiKey();
    expect(key.token).toMatch(/^asy_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/);
    const parsed = parseApiKey(key.token);
    expect(parsed?.keyId).toBe(key.keyId);
    expect(hashApiKeySecret(parsed?.secret ?? "").equals(key.secretHash)).toBe(true);
    expect(parsed?.secret.endsWith(key.lastFour)).toBe(true);
  });

  it("is fixed by its random digits: the same digits give the same text for ever", () => {
    let next = 0;
    const key = makeApiKey((limit) => (next++ * 7) % limit);
    expect(key.token).toBe("asy_07ELSZgnu1_8FMTahov29GNUbipw3AHOVcjqx4BIPWdkry5CJQXels3qwaTA");
  });

  it("refuses every single wrong, missing or added character", () => {
    const { token } = makeApiKey();
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom(...Array.from("09AZaz_-. \u00e9")),
        (at, char) => {
          fc.pre(token[at] !== char);
          expect(parseApiKey(token.slice(0, at) + char + token.slice(at + 1))).toBeNull();
          expect(parseApiKey(token.slice(0, at) + token.slice(at + 1))).toBeNull();
          expect(parseApiKey(token.slice(0, at) + char + token.slice(at))).toBeNull();
        },
      ),
    );
    for (const other of ["", "asy_", token.toLowerCase(), ` ${token}`, `Bearer ${token}`]) {
      expect(parseApiKey(other)).toBeNull();
    }
  });

  it("matches its own secret only", () => {
    const [one, other] = [makeApiKey(), makeApiKey()];
    const secret = parseApiKey(one.token)?.secret ?? "";
    expect(apiKeySecretMatches(secret, one.secretHash)).toBe(true);
    expect(apiKeySecretMatches(secret, other.secretHash)).toBe(false);
    expect(apiKeySecretMatches(secret, null)).toBe(false);
    expect(apiKeySecretMatches(secret, new Uint8Array(3))).toBe(false);
    expect(apiKeySecretMatches("no key has this secret", null)).toBe(false);
  });
});
