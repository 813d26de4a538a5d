import { env } from "@/lib/core/env";
import { database } from "@/lib/db/client";
import type { FirstAdmin } from "@/lib/project/complete-setup";
import { prepareInstance } from "@/lib/project/prepare-instance";

/**
 * What this release does once the database is ready and before the first request, in order. Each task is safe to run at
 * every start and by several replicas at once.
 */
export const bootTasks: { name: string; run: (print: (line: string) => void) => Promise<void> }[] = [
  { name: "first person", run: prepareFirstPerson },
];

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

function firstAdmin(): FirstAdmin | undefined {
  const { ASSAY_ADMIN_EMAIL: email, ASSAY_ADMIN_PASSWORD: password } = env();
  return email && password
    ? { email: email.normalize("NFKC").toLowerCase(), password, name: "Administrator" }
    : undefined;
}
