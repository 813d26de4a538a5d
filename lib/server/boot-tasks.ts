import { join } from "node:path";
import { type InstanceCtx, mintProjectScope } from "@/lib/core/ctx";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/id";
import { log } from "@/lib/core/log";
import { createClient, database } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { createDemoProject } from "@/lib/demo/create-demo-project";
import type { FirstAdmin } from "@/lib/project/complete-setup";
import { prepareInstance } from "@/lib/project/prepare-instance";
import { makeFirstProject } from "@/lib/start/make-first-project";

/**
 * What this release does once the database is ready and before the first request, in order. Each task is safe to run at
 * every start and by several replicas at once.
 */
export const bootTasks: { name: string; run: (print: (line: string) => void) => Promise<void> }[] = [
  { name: "demo", run: prepareDemo },
  { name: "first person", run: prepareFirstPerson },
  { name: "first project", run: prepareFirstProject },
];

/** Before the first person, who becomes a member of it. A demo that fails is no reason not to start. */
async function prepareDemo(print: (line: string) => void): Promise<void> {
  if (env().ASSAY_DEMO === "off") return;
  const pool = createPool(env().DATABASE_URL ?? "", "demo", 4);
  const db = createClient(pool);
  try {
    await createDemoProject({ db, pool }, new Date(), { mintScope: mintProjectScope, print });
  } catch (error) {
    log().error({ err: error }, "the demo project could not be made; the next start tries again");
    print("The demo project could not be made; the log says why. Everything else works.");
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

/** The code is printed here and nowhere else: it proves access to this console. */
async function prepareFirstPerson(print: (line: string) => void): Promise<void> {
  const admin = firstAdmin();
  const { setupCode, adminCreated } = await prepareInstance(database(), admin);
  if (adminCreated && admin) print(`Administrator created: sign in as ${admin.email}`);
  if (setupCode) {
    print("First start: open this address to become the administrator.");
    print(`  ${process.env.NEXTAUTH_URL}/setup#${setupCode}`);
  }
}

/** For an installation that nobody sits in front of. */
async function prepareFirstProject(print: (line: string) => void): Promise<void> {
  const { ASSAY_PROJECT: name, ASSAY_DATA_DIR: folder } = env();
  if (!name) return;
  const keyFile = join(folder, "secrets", "first-key");
  const ctx: InstanceCtx = {
    db: database(),
    actor: { kind: "system", job: "first-start" },
    now: new Date(),
    requestId: newId(),
  };
  const slug = await makeFirstProject(ctx, { name, keyFile, mintScope: mintProjectScope });
  if (slug) print(`Project made: ${process.env.NEXTAUTH_URL}/${slug}; its key is in ${keyFile}`);
}

function firstAdmin(): FirstAdmin | undefined {
  const { ASSAY_ADMIN_EMAIL: email, ASSAY_ADMIN_PASSWORD: password } = env();
  return email && password
    ? { email: email.normalize("NFKC").toLowerCase(), password, name: "Administrator" }
    : undefined;
}
