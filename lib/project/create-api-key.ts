import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { makeApiKey } from "./make-api-key";
import { DEFAULT_SOURCE } from "./create-project";
import type { CreateKeyInput } from "./schema";

export interface CreatedKey {
  id: string;
  /** Shown in this one answer; only its hash is stored. */
  token: string;
  source: { id: string; name: string; recorded_history: boolean };
}

/** Makes a key for this project, and the source that it sends as when a new one is named. */
export async function createApiKey(ctx: Ctx, input: CreateKeyInput): Promise<CreatedKey> {
  const { token, keyId, secretHash, lastFour } = makeApiKey();
  const id = newId();
  return inTransaction(ctx.db, async (tx) => {
    const source = await sourceFor(tx, ctx, input);
    await tx.apiKey.create({
      data: {
        projectId: ctx.project.id,
        id,
        keyId,
        secretHash: new Uint8Array(secretHash),
        lastFour,
        name: input.name,
        scopes: [...new Set(input.scopes)],
        sourceId: source.id,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: ctx.now,
        expiresAt: input.expires_in_days
          ? new Date(ctx.now.getTime() + input.expires_in_days * 86_400_000)
          : null,
      },
    });
    await writeAudit(tx, ctx, {
      action: "key.create",
      objectKind: "key",
      objectId: id,
      details: { name: input.name, scopes: [...new Set(input.scopes)], source: source.name },
    });
    return {
      id,
      token,
      source: { id: source.id, name: source.name, recorded_history: source.recordedHistory },
    };
  });
}

interface SourceRow {
  id: string;
  name: string;
  recordedHistory: boolean;
}

async function sourceFor(tx: Tx, ctx: Ctx, input: CreateKeyInput): Promise<SourceRow> {
  const projectId = ctx.project.id;
  if (input.new_source) {
    const { name, recorded_history: recordedHistory } = input.new_source;
    return tx.source.create({
      data: { projectId, id: newId(), kind: "API", name, recordedHistory, createdAt: ctx.now },
    });
  }
  const existing = await tx.source.findFirst({
    where: {
      projectId,
      kind: "API",
      disabledAt: null,
      ...(input.source_id ? { id: input.source_id } : { name: DEFAULT_SOURCE }),
    },
    orderBy: { createdAt: "asc" },
  });
  if (existing) return existing;
  if (input.source_id) {
    const sentence = "This source does not exist.";
    throw new AppError("INVALID", sentence, { reason: "unknown_source", fields: { source_id: sentence } });
  }
  return tx.source.create({
    data: { projectId, id: newId(), kind: "API", name: DEFAULT_SOURCE, createdAt: ctx.now },
  });
}

/** The key is refused from its next request on (within five seconds where a replica remembers it). */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const key = await tx.apiKey.findUnique({
      where: { projectId_id: { projectId: ctx.project.id, id } },
      select: { name: true },
    });
    if (!key) throw new AppError("NOT_FOUND", "This key does not exist.");
    const { count } = await tx.apiKey.updateMany({
      where: { projectId: ctx.project.id, id, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0)
      throw new AppError("CONFLICT", "This key was revoked already.", { reason: "already_revoked" });
    await writeAudit(tx, ctx, {
      action: "key.revoke",
      objectKind: "key",
      objectId: id,
      details: { name: key.name },
    });
  });
}
