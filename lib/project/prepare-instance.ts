import { newId } from "@/lib/core/id";
import { masterKey } from "@/lib/core/master-key";
import { seal, unseal } from "@/lib/core/seal";
import type { Instance, PrismaClient } from "@/lib/db/generated/client";
import { type FirstAdmin, finishSetup } from "./complete-setup";
import { hashSetupCode, setupCode } from "./setup-code";

const KEY_CHECK = "this text opens with the right master key";

export interface PreparedInstance {
  /** To be printed on the console, and nowhere else. Absent once set-up is done. */
  setupCode?: string;
  /** True when this start made the first administrator from the environment. */
  adminCreated: boolean;
}

/**
 * Runs at every start, by any number of replicas: makes the installation's row, checks that the master key still fits, and either
 * creates the administrator named by the environment or returns the code for the set-up page.
 * @throws Error when the master key is not the one that sealed this database's secrets
 */
export async function prepareInstance(db: PrismaClient, firstAdmin?: FirstAdmin): Promise<PreparedInstance> {
  const instance = await instanceRow(db);
  requireRightMasterKey(instance);
  if (instance.setupDoneAt) return { adminCreated: false };
  if (firstAdmin) {
    const ctx = {
      db,
      actor: { kind: "system", job: "first-start" } as const,
      now: new Date(),
      requestId: newId(),
    };
    const created = await finishSetup(ctx, firstAdmin, () => true);
    return { adminCreated: created };
  }
  const code = setupCode(masterKey(), instance.createdAt);
  await db.instance.updateMany({
    where: { id: 1, setupDoneAt: null },
    data: { setupCodeHash: new Uint8Array(hashSetupCode(code)) },
  });
  return { setupCode: code, adminCreated: false };
}

async function instanceRow(db: PrismaClient): Promise<Instance> {
  const keyCheck = seal(masterKey(), KEY_CHECK, "instance|1");
  await db.$executeRaw`INSERT INTO instance (id, key_check) VALUES (1, ${keyCheck}) ON CONFLICT (id) DO NOTHING`;
  const row = await db.instance.findUniqueOrThrow({ where: { id: 1 } });
  if (row.keyCheck) return row;
  await db.instance.updateMany({ where: { id: 1, keyCheck: null }, data: { keyCheck } });
  return db.instance.findUniqueOrThrow({ where: { id: 1 } });
}

function requireRightMasterKey(instance: Instance): void {
  try {
    if (unseal(masterKey(), instance.keyCheck ?? "", "instance|1") === KEY_CHECK) return;
  } catch (error) {
    throw new Error(
      "The master key is not the one that this database was set up with. Restore ASSAY_MASTER_KEY, or the file secrets/master-key in the data folder.",
      { cause: error },
    );
  }
  throw new Error("The key check of this database is damaged.");
}
