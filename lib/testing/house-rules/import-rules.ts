import type { Import } from "./read-imports";
import { isTest } from "./source-files";

export interface Violation {
  rule: string;
  path: string;
  message: string;
}

/** Right may import left, never the other way; news travels to the right as a job row. */
export const DOMAINS = [
  "project",
  "segment",
  "sampling",
  "quarantine",
  "contract",
  "ingest",
  "review",
  "truth",
  "estimate",
  "drift",
  "incident",
  "monitor",
  "planner",
  "backtest",
  "alert",
  "freshness",
  "metrics",
  "share",
  "start",
  "demo",
  "readiness",
];

/** Pure rules that a page needs without the weight of the schemas. */
const BROWSER_RULE =
  /^lib\/(review\/(error-tag|field-value|most-picked|rubric|weighted-score)|incident\/(incident-sentence|segment-part)|output\/(filter-(limit|name|token)|(parse|print|suggest)-filter)|alert\/channel-kind|backtest\/compared-budgets|estimate\/dataset-choice|start\/longest-sample|core\/text-similarity)$/;
/** Of lib, what a browser may run: schemas, formats, statistics, pure rules and the pure table of who may do what. */
const BROWSER_SAFE = [
  /^lib\/\w+\/(\w+-)?schema$/,
  BROWSER_RULE,
  /^lib\/core\/format$/,
  /^lib\/stats\//,
  /^lib\/project\/permission$/,
];
const FRAMEWORK = /^(next|react|react-dom|next-auth|next-themes)(\/|$)/;
const PAGE = /^app\/(.*\/)?(page|layout|route|template|default)\.tsx?$/;
const FOUNDATION = new Set(["core", "db", "stats"]);
/** Gives the ingest doors what they may not import themselves. */
const WIRING = new Set(["lib/ingest/doors.ts", "lib/ingest/held-parts.ts"]);
/** Run the product or try it; nothing of the product depends on them. */
const OUTSIDE = new Set(["worker", "server", "dev", "testing"]);

type Rule = (item: Import) => string | null;

/** Every rule about who may import whom. A rule returns a sentence for a violation, else null. */
export const IMPORT_RULES: Record<string, Rule> = {
  "plain paths": ({ specifier }) => (specifier.startsWith("..") ? "import by @/ or ./, never by ../" : null),

  "components know no app and no server": ({ from, target, typeOnly }) => {
    if (!from.startsWith("components/") || isTest(from) || !target || typeOnly) return null;
    if (target.startsWith("app/")) return "components may not import app";
    return target.startsWith("lib/") && !isBrowserSafe(target)
      ? "components may import only schemas, formats and statistics"
      : null;
  },

  "schemas run in a browser": ({ from, target, specifier, typeOnly }) => {
    const isSchema = /^lib\/\w+\/(\w+-)?schema\.ts$/.test(from);
    if ((!isSchema && !BROWSER_RULE.test(from.replace(/\.ts$/, ""))) || typeOnly) return null;
    if (target)
      return isBrowserSafe(target) ? null : "a schema may import only other schemas, formats and statistics";
    return specifier.startsWith("node:") || specifier === "pg" ? "a schema runs in a browser" : null;
  },

  "only pages and the boundary call lib": ({ from, target, typeOnly }) => {
    if (!from.startsWith("app/") || from.startsWith("app/_boundary/") || PAGE.test(from) || isTest(from))
      return null;
    if (!target?.startsWith("lib/") || typeOnly || isBrowserSafe(target)) return null;
    return "only page, layout and route files and app/_boundary call lib; give this component data as props";
  },

  "lib knows neither Next nor React": ({ from, target, specifier }) => {
    if (!from.startsWith("lib/")) return null;
    if (FRAMEWORK.test(specifier)) return `lib may not import ${specifier}`;
    return target && /^(app|components)\//.test(target) ? `lib may not import ${target}` : null;
  },

  "statistics are pure": ({ from, target, specifier }) => {
    if (!from.startsWith("lib/stats/") || isTest(from)) return null;
    if (target) return target.startsWith("lib/stats/") ? null : "lib/stats imports only itself";
    return /^node:(?!crypto$)|^(pg|zod)$/.test(specifier) ? "lib/stats does no input or output" : null;
  },

  "domains in one order": ({ from, target }) => {
    const [here, there] = [domainOf(from), domainOf(target ?? "")];
    if (!here || !there || here === there || isTest(from) || OUTSIDE.has(here) || FOUNDATION.has(there))
      return null;
    if (WIRING.has(from) && !OUTSIDE.has(there)) return null;
    if (FOUNDATION.has(here)) return `lib/${here} may not import lib/${there}`;
    if (OUTSIDE.has(there)) return `a domain may not import lib/${there}`;
    const unknown = [here, there].find((domain) => !DOMAINS.includes(domain));
    if (unknown) return `lib/${unknown} has no place in the order of domains yet`;
    return DOMAINS.indexOf(there) < DOMAINS.indexOf(here)
      ? null
      : `lib/${here} may not import lib/${there}; send a job instead`;
  },

  "core stands alone": ({ from, target, typeOnly }) =>
    domainOf(from) === "core" && target && domainOf(target) !== "core" && !typeOnly && !isTest(from)
      ? "lib/core imports only itself"
      : null,

  "nobody calls the worker": ({ from, target }) =>
    domainOf(target ?? "") === "worker" &&
    domainOf(from) !== "worker" &&
    from.startsWith("lib/") &&
    !isTest(from) &&
    domainOf(from) !== "server" &&
    // A benchmark measures the whole product, its jobs too.
    !from.startsWith("lib/dev/bench/")
      ? "lib/worker is imported by the server only"
      : null,

  "only lib holds the database": ({ from, target, specifier, typeOnly }) => {
    if (from.startsWith("lib/") || isTest(from) || typeOnly || from === "prisma.config.ts") return null;
    if (/^(@prisma\/|\.prisma|pg$)/.test(specifier)) return `only lib imports ${specifier}`;
    return target?.startsWith("lib/db/generated") ? "only lib imports the Prisma client" : null;
  },

  "project scopes come from the gates": ({ from, names }) => {
    if (!names.includes("mintProjectScope") || isTest(from)) return null;
    return /^(app\/_boundary|lib\/(worker|ingest|dev|server))\//.test(from) || from === "lib/core/ctx.ts"
      ? null
      : "only the boundary, the ingest doors and the worker mint a project scope";
  },

  "one door leads out": ({ from, specifier, typeOnly }) => {
    if (typeOnly || isTest(from) || !/^(lib|app)\//.test(from)) return null;
    if (/^lib\/(alert\/outbound|server|dev|testing)\/|^app\/_boundary\/access\//.test(from)) return null;
    return /^((node:)?(https?|http2|net|tls|dgram|dns(\/promises)?)|undici|nodemailer(\/.*)?|axios|got|ws)$/.test(
      specifier,
    )
      ? "only lib/alert/outbound makes connections; ask it"
      : null;
  },

  "one file reads the session": ({ from, names }) =>
    names.includes("getServerSession") && from !== "app/_boundary/session.ts"
      ? "getServerSession belongs to app/_boundary/session.ts"
      : null,

  "sign-in stays behind the boundary": ({ from, specifier, typeOnly }) =>
    /^next-auth(\/|$)/.test(specifier) && !typeOnly && !/^app\/(_boundary|api\/auth)\//.test(from)
      ? "next-auth belongs to app/_boundary"
      : null,
};

export function checkImports(imports: Import[]): Violation[] {
  return Object.entries(IMPORT_RULES).flatMap(([rule, check]) =>
    imports.flatMap((item) => {
      const message = check(item);
      return message === null ? [] : [{ rule, path: item.from, message: `${message} (${item.specifier})` }];
    }),
  );
}

function isBrowserSafe(target: string): boolean {
  return BROWSER_SAFE.some((pattern) => pattern.test(target));
}

/** `lib/review/schema` → `review`; undefined outside of lib. */
function domainOf(path: string): string | undefined {
  return /^lib\/([\w-]+)\//.exec(path)?.[1];
}
