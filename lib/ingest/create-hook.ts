import { randomInt } from "node:crypto";
import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { addSourceSecret } from "./rotate-hook-secret";
import { hookAddress, type CreateHookInput } from "./schema";

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
const PATH_LENGTH = 26;

export interface CreatedHook {
  id: string;
  name: string;
  path: string;
  /** Shown in this one answer. */
  secret: string;
}

/** Adds a hook with an address that nobody can guess and its first signing secret. */
export async function createHook(ctx: Ctx, input: CreateHookInput): Promise<CreatedHook> {
  const { name, signature, mapping } = input;
  const id = newId();
  const hookPath = Array.from({ length: PATH_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join(
    "",
  );
  return inTransaction(ctx.db, async (tx) => {
    await tx.source.create({
      data: {
        projectId: ctx.project.id,
        id,
        kind: "HOOK",
        name,
        hookPath,
        signature,
        createdAt: ctx.now,
        ...(mapping ? { mapping: structuredClone(mapping) as Prisma.InputJsonObject } : {}),
      },
    });
    const secret = await addSourceSecret(tx, ctx, id);
    await writeAudit(tx, ctx, {
      action: "source.create",
      objectKind: "source",
      objectId: id,
      details: { name, kind: "HOOK", signature, mapped: mapping !== null },
    });
    return { id, name, path: hookAddress(hookPath), secret };
  });
}
