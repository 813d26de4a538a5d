import type { z } from "zod";
import type { Ctx, InstanceCtx } from "@/lib/core/ctx";
import { peopleNames } from "./people-queries";
import type { auditEventSchema } from "./schema";

const AUDIT_PAGE = 50;

/** What happened in this project (or, without one, in the installation), newest first; `before` is the last line's number. */
export async function listAudit(
  ctx: Ctx | InstanceCtx,
  before?: bigint,
): Promise<{ events: z.input<typeof auditEventSchema>[]; next: string | null }> {
  const rows = await ctx.db.auditEvent.findMany({
    where: {
      projectId: "project" in ctx ? ctx.project.id : null,
      ...(before === undefined ? {} : { seq: { lt: before } }),
    },
    orderBy: { seq: "desc" },
    take: AUDIT_PAGE + 1,
  });
  const page = rows.slice(0, AUDIT_PAGE);
  const names = await peopleNames(
    ctx,
    page.flatMap((row) => [
      row.actorKind === "user" ? row.actorId : null,
      row.objectKind === "person" ? row.objectId : null,
    ]),
  );
  return {
    events: page.map((row) => ({
      seq: String(row.seq),
      at: row.at,
      actor:
        row.actorKind === "user"
          ? (names.get(row.actorId ?? "") ?? "a person who is gone")
          : machineName(row.actorKind, row.actorId),
      action: row.action,
      object_kind: row.objectKind,
      object_id: row.objectId,
      object_name: row.objectKind === "person" ? (names.get(row.objectId ?? "") ?? null) : null,
      details: row.details as Record<string, unknown>,
    })),
    next: rows.length > AUDIT_PAGE ? String(page.at(-1)?.seq) : null,
  };
}

const MACHINES: Record<string, string> = { apiKey: "API key", webhook: "hook", system: "Assay" };

/** A key or hook by its id, a job by its name. */
function machineName(kind: string, id: string | null): string {
  const name = MACHINES[kind] ?? kind;
  if (id === null) return name;
  return kind === "system" ? `${name} (${id})` : `${name} ${id}`;
}
