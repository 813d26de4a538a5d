import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";

import { seal, unseal } from "./seal";

const key = randomBytes(32);

describe("seal", () => {
  it("opens what it sealed, for any text", () => {
    for (const plain of ["", "whsec_abc", "ключ 🔑", "x".repeat(10_000)]) {
      expect(unseal(key, seal(key, plain, "source|1|p"), "source|1|p")).toBe(plain);
    }
  });

  it("never seals twice alike and never shows the plain text", () => {
    const sealed = Array.from({ length: 1_000 }, () => seal(key, "canary-secret", "a"));
    expect(new Set(sealed).size).toBe(1_000);
    expect(sealed.some((each) => Buffer.from(each.slice(3), "base64url").includes("canary"))).toBe(false);
  });

  it("refuses another row, another key, a changed byte, a cut text and an unknown format", () => {
    const sealed = seal(key, "secret", "source|1|p");
    expect(() => unseal(key, sealed, "source|2|p")).toThrow();
    expect(() => unseal(randomBytes(32), sealed, "source|1|p")).toThrow();
    const bytes = Buffer.from(sealed.slice(3), "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => unseal(key, `s1.${changed.toString("base64url")}`, "source|1|p")).toThrow();
    }
    expect(() => unseal(key, sealed.slice(0, 20), "source|1|p")).toThrow("too short");
    expect(() => unseal(key, "plain", "source|1|p")).toThrow("unknown format");
  });
});
