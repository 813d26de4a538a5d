import { z } from "zod";

const emptyAsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyAsUnset, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, fallback: z.input<T>) =>
  z.preprocess((value) => emptyAsUnset(value) ?? fallback, schema);

const PORT_RANGE = "must be a whole number from 0 to 65535";

/** Host names (without scheme and port), addresses, and ranges like 10.0.0.0/8. */
function isAllowList(text: string): boolean {
  return text.split(",").every((part) => {
    const [host = "", prefix, ...more] = part.trim().split("/");
    const isAddress = z.union([z.ipv4(), z.ipv6()]).safeParse(host).success;
    const most = host.includes(":") ? 128 : 32;
    if (prefix !== undefined)
      return more.length === 0 && isAddress && /^\d{1,3}$/.test(prefix) && Number(prefix) <= most;
    return isAddress || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?$/i.test(host);
  });
}

/** Every variable that Assay reads. The configuration table in README.md lists the same names. */
export const envSchema = z
  .object({
    NODE_ENV: withDefault(z.enum(["development", "test", "production"]), "development"),
    PORT: withDefault(
      z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(0, PORT_RANGE).max(65535, PORT_RANGE),
      3000,
    ),
    HOST: withDefault(z.string(), "127.0.0.1"),
    DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, "must start with postgresql://")),
    ASSAY_DATA_DIR: withDefault(z.string(), ".data"),
    ASSAY_URL: optional(z.url({ protocol: /^https?$/ })),
    ASSAY_WORKER: withDefault(z.enum(["on", "off"]), "on"),
    ASSAY_DEMO: withDefault(z.enum(["on", "off"]), "on"),
    ASSAY_MASTER_KEY: optional(z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits")),
    ASSAY_ADMIN_EMAIL: optional(z.email()),
    ASSAY_ADMIN_PASSWORD: optional(z.string().min(12, "must have at least 12 characters")),
    ASSAY_PROJECT: optional(z.string().trim().max(80, "must have at most 80 characters")),
    ASSAY_TRUSTED_PROXIES: optional(z.string()),
    ASSAY_OUTBOUND_ALLOW: optional(
      z.string().refine(isAllowList, "must be host names, addresses or ranges with commas between them"),
    ),
    ASSAY_SMTP_URL: optional(
      z.url({ protocol: /^smtps?$/, error: "must look like smtps://name:password@mail.example.com:465" }),
    ),
    ASSAY_MAIL_FROM: optional(
      z.string().regex(/^[^\r\n]{3,200}$/, "must be one address, for example Assay <assay@example.com>"),
    ),
    ASSAY_METRICS_TOKEN: optional(z.string().min(20, "must have at least 20 characters")),
    NEXTAUTH_SECRET: optional(z.string().min(32, "must have at least 32 characters")),
    NEXTAUTH_URL: optional(z.url()),
    OIDC_ISSUER: optional(z.url()),
    OIDC_CLIENT_ID: optional(z.string()),
    OIDC_CLIENT_SECRET: optional(z.string()),
    OIDC_NAME: withDefault(z.string().max(40), "single sign-on"),
    LOG_LEVEL: withDefault(z.enum(["debug", "info", "warn", "error", "silent"]), "info"),
  })
  .superRefine((env, context) => {
    const oidc = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET];
    if (oidc.some(Boolean) && !oidc.every(Boolean)) {
      context.addIssue({
        code: "custom",
        path: ["OIDC_ISSUER"],
        message: "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together",
      });
    }
    if (Boolean(env.ASSAY_SMTP_URL) !== Boolean(env.ASSAY_MAIL_FROM)) {
      context.addIssue({
        code: "custom",
        path: ["ASSAY_SMTP_URL"],
        message: "ASSAY_SMTP_URL and ASSAY_MAIL_FROM go together",
      });
    }
    if (Boolean(env.ASSAY_ADMIN_EMAIL) !== Boolean(env.ASSAY_ADMIN_PASSWORD)) {
      context.addIssue({
        code: "custom",
        path: ["ASSAY_ADMIN_EMAIL"],
        message: "ASSAY_ADMIN_EMAIL and ASSAY_ADMIN_PASSWORD go together",
      });
    }
  });

export type Env = z.output<typeof envSchema>;

/** The environment, or one readable line for each variable that is wrong. */
export function parseEnv(
  source: Record<string, string | undefined>,
): { ok: true; env: Env } | { ok: false; problems: string[] } {
  const result = envSchema.safeParse(source);
  if (result.success) return { ok: true, env: result.data };
  return {
    ok: false,
    problems: result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  };
}

const holder = globalThis as typeof globalThis & { assayEnv?: Env };

/** The checked environment of this process. @throws Error naming each wrong variable. */
export function env(): Env {
  if (!holder.assayEnv) {
    const parsed = parseEnv(process.env);
    if (!parsed.ok) throw new Error(`The environment is not usable:\n${parsed.problems.join("\n")}`);
    holder.assayEnv = parsed.env;
  }
  return holder.assayEnv;
}
