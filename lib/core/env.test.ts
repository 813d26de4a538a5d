import { describe, expect, it } from "vitest";

import { parseEnv } from "./env";

describe("parseEnv", () => {
  it("fills in defaults and takes empty variables as unset", () => {
    const parsed = parseEnv({ DATABASE_URL: "", PORT: "" });
    expect(parsed.ok && parsed.env).toMatchObject({
      PORT: 3000,
      ASSAY_DATA_DIR: ".data",
      ASSAY_WORKER: "on",
    });
    expect(parsed.ok && parsed.env.DATABASE_URL).toBeUndefined();
  });

  it("names every wrong variable at once", () => {
    const parsed = parseEnv({
      PORT: "http",
      DATABASE_URL: "mysql://localhost/x",
      NEXTAUTH_SECRET: "short",
      OIDC_ISSUER: "https://id.example.com",
      ASSAY_ADMIN_EMAIL: "owner@example.com",
    });
    expect(parsed.ok).toBe(false);
    const text = parsed.ok ? "" : parsed.problems.join("\n");
    for (const name of ["PORT", "DATABASE_URL", "NEXTAUTH_SECRET"]) expect(text).toContain(`${name}: `);
  });

  it("asks for settings that go together", () => {
    const oidc = parseEnv({ OIDC_ISSUER: "https://id.example.com" });
    expect(oidc).toEqual({
      ok: false,
      problems: ["OIDC_ISSUER: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together"],
    });
    const admin = parseEnv({ ASSAY_ADMIN_PASSWORD: "a long enough password" });
    expect(admin.ok).toBe(false);
  });
});
