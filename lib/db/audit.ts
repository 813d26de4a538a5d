import type { Ctx, InstanceCtx } from "@/lib/core/ctx";
import type { Tx } from "./client";
import type { Prisma } from "./generated/client";

export interface AuditEntry {
  /** noun.verb, for example `member.add` */
  action: string;
  objectKind: string;
  objectId?: string;
  /** Names and settings that changed; never payloads or secrets. */
  details?: Prisma.InputJsonObject;
}

/** Writes the audit row of a change; call it inside the change's own transaction. */
export async function writeAudit(tx: Tx, ctx: Ctx | InstanceCtx, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({
    data: {
      projectId: "project" in ctx ? ctx.project.id : null,
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      action: entry.action,
      objectKind: entry.objectKind,
      objectId: entry.objectId ?? null,
      requestId: ctx.requestId,
      details: entry.details ?? {},
    },
  });
}

function actorId(actor: Ctx["actor"]): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "apiKey":
      return actor.keyId;
    case "webhook":
      return actor.sourceId;
    case "system":
      return actor.job;
  }
}
