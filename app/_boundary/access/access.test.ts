import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machineDoors } from "@/lib/ingest/doors";
import { type RunningProduct, startProduct } from "@/lib/testing/running-product";
import { type Attempt, attemptsAt, judge, mayReach, withoutRequestId } from "./attempt";
import { checkDeclarations } from "./check-declarations";
import { changedTables, databaseDigest } from "./database-digest";
import { MUTATIONS, type Mutation } from "./mutations";
import { type Provider, startProvider } from "./provider";
import { tellProviderStories } from "./provider-stories";
import { type Answer, inParallel, send } from "./send";
import { type Entry, readSurface, type Surface } from "./surface";
import { nameOf, PRINCIPALS, type Principal, WHO_MAY } from "./who-may";
import { makeWorld, type World } from "./world";

const secrets = {
  NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
  ASSAY_MASTER_KEY: randomBytes(32).toString("hex"),
};
// Cookies and sealed secrets made here have to be the product's own.
Object.assign(process.env, secrets);

/** Half a minute of work on two quiet cores; a busy machine may stretch it. */
const TIMEOUT = 10 * 60_000;

let provider: Provider;
let product: RunningProduct;
let surface: Surface;
let world: World;

beforeAll(async () => {
  provider = await startProvider();
  product = await startProduct({
    ...provider.env,
    ...secrets,
    ASSAY_ADMIN_EMAIL: "first@example.org",
    ASSAY_ADMIN_PASSWORD: "a passphrase to begin with",
  });
  surface = await readSurface(process.cwd(), machineDoors);
  world = await makeWorld(product.db);
}, 10 * 60_000);
afterAll(async () => {
  await product?.stop();
  await provider?.stop();
});

const ask = (attempt: Pick<Attempt, "sent">) => send(product.origin, attempt.sent);
const routes = () => surface.entries.filter((entry) => entry.kind === "route");
const changing = () =>
  routes().filter((entry) => entry.method !== "GET" && WHO_MAY[nameOf(entry)] !== "everybody");

describe("the identity provider", () => {
  tellProviderStories(() => ({ product, provider, world }));
});

test("the build serves exactly the app tree, by no hidden door, and everything is declared", () => {
  expect(surface.complaints).toEqual([]);
  expect(checkDeclarations(surface.entries, WHO_MAY)).toEqual([]);
  expect(surface.entries.length).toBeGreaterThan(60);
});

describe("every principal at every address", () => {
  test("gets what the table says, sees nothing foreign and changes nothing", {
    timeout: TIMEOUT,
  }, async () => {
    const attempts = surface.entries.flatMap((entry) => attemptsAt(entry, world));
    const before = await databaseDigest(product.pool);
    const faults: string[] = [];
    const refusals = new Map<string, Set<string>>();
    const started = Date.now();
    await inParallel(attempts, 12, async (attempt) => {
      const answer = await ask(attempt);
      const fault = judge(attempt, answer);
      if (fault) faults.push(fault);
      if (attempt.entry.kind === "route" && answer.status === 404) noteRefusal(refusals, attempt, answer);
    });
    const seconds = (Date.now() - started) / 1000;
    process.stdout.write(
      `access: ${attempts.length} requests of ${PRINCIPALS.length} principals at ${surface.entries.length} entries in ${seconds.toFixed(1)} s\n`,
    );
    expect(faults).toEqual([]);
    expect(changedTables(before, await databaseDigest(product.pool))).toEqual([]);
    expect([...refusals].filter(([, texts]) => texts.size > 1)).toEqual([]);
    expect(attempts.length).toBeGreaterThan(2000);
  });

  test("may do what the table says, with exactly its lines in the audit log", {
    timeout: TIMEOUT,
  }, async () => {
    const faults: string[] = [];
    let done = 0;
    for (const entry of changing()) {
      for (const principal of PRINCIPALS.filter((each) => mayReach(entry, each))) {
        const fault = await mutate(entry, principal);
        if (fault) faults.push(`${nameOf(entry)} as ${principal}: ${fault}`);
        done += 1;
      }
    }
    process.stdout.write(`access: ${done} permitted changes\n`);
    expect(faults).toEqual([]);
    expect(done).toBeGreaterThan(60);
  });

  test("changes nothing from a foreign page", { timeout: TIMEOUT }, async () => {
    const before = await databaseDigest(product.pool);
    const faults: string[] = [];
    for (const headers of [
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "", origin: "https://evil.example" },
    ]) {
      await inParallel(changing(), 8, async (entry) => {
        const principal = PRINCIPALS.find((each) => mayReach(entry, each) && !each.startsWith("key"));
        const own = attemptsAt({ ...entry, kind: "route" }, world).find((each) => each.project === "own");
        if (!principal || !own) return;
        const { status } = await send(product.origin, {
          ...own.sent,
          headers: { ...world.headers[principal], ...headers },
        });
        if (status !== 403) faults.push(`${nameOf(entry)} as ${principal} from elsewhere: ${status}`);
      });
    }
    expect(faults).toEqual([]);
    expect(changedTables(before, await databaseDigest(product.pool))).toEqual([]);
  });

  test("finds no method that is not declared", { timeout: TIMEOUT }, async () => {
    const declared = new Set(routes().map(nameOf));
    const faults: string[] = [];
    await inParallel([...new Set(routes().map(({ path }) => path))], 8, async (path) => {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        if (declared.has(`${method} ${path}`)) continue;
        const address = path.replaceAll(/\[[^\]]+\]/g, world.own.project.slug);
        const answer = await send(product.origin, {
          method,
          path: address,
          headers: world.headers.adminMember,
        });
        // A machine's door may stand at an address that Next does not know.
        if (![404, 405].includes(answer.status)) faults.push(`${method} ${path}: ${answer.status}`);
      }
    });
    expect(faults).toEqual([]);
  });
});

/** Foreign and missing must read alike; what has not even the form of an id may say so to those who may ask. */
function noteRefusal(refusals: Map<string, Set<string>>, attempt: Attempt, answer: Answer): void {
  const { entry, principal, project, id } = attempt;
  const reachesBoth = principal === "admin" || principal === "adminMember";
  if (id === "malformed" || (project === "foreign" && reachesBoth)) return;
  const key = `${nameOf(entry)} ${principal} ${project === "own" ? "id" : "project"}`;
  refusals.set(key, (refusals.get(key) ?? new Set()).add(withoutRequestId(answer.text)));
}

function wantedLines({ declaration }: Entry): string[] {
  const audit = declaration?.audit ?? [];
  if (typeof audit === "string") return [audit];
  return "none" in audit ? [] : [...audit].sort();
}

/** What went wrong, or null. */
async function mutate(entry: Entry, principal: Principal): Promise<string | null> {
  const prepared: Mutation = (await MUTATIONS[nameOf(entry)]?.(world, principal)) ?? {};
  const params: Record<string, string> = { project: world.own.project.slug, ...prepared.params };
  const path = entry.path.replaceAll(/\[(\w+)\]/g, (_, name: string) => params[name] ?? "");
  const body = prepared.body ?? entry.declaration?.example;
  const wanted = [...wantedLines(entry), ...(prepared.alsoAudited ?? [])].sort();
  const lines = () =>
    product.db.auditEvent.findMany({
      orderBy: { seq: "desc" },
      take: wanted.length + 1,
      select: { seq: true, action: true },
    });
  const [before] = await lines();
  const headers = prepared.headers ?? world.headers[principal];
  const answer = await send(product.origin, {
    method: entry.method,
    path,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const written = (await lines()).filter(({ seq }) => seq > (before?.seq ?? 0n)).map(({ action }) => action);
  if (prepared.refusedWith !== undefined) {
    return answer.status === prepared.refusedWith ? null : `${answer.status} ${answer.text.slice(0, 200)}`;
  }
  if (answer.status < 200 || answer.status > 299) return `${answer.status} ${answer.text.slice(0, 200)}`;
  return JSON.stringify(written.sort()) === JSON.stringify(wanted)
    ? null
    : `the audit log got ${JSON.stringify(written)}`;
}
