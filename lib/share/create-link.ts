import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { CreateLinkInput } from "./schema";
import { newShareToken } from "./share-token";

/** Makes a link to one picture, which whoever has it sees without signing in. Its token is in this answer and nowhere else. */
export async function createLink(ctx: Ctx, input: CreateLinkInput): Promise<{ id: string; path: string }> {
  const { token, tokenHash } = newShareToken();
  const id = newId();
  const { name, picture, attribute, value, expires_in_days: days } = input;
  await inTransaction(ctx.db, async (tx) => {
    await tx.shareLink.create({
      data: {
        projectId: ctx.project.id,
        id,
        tokenHash,
        picture,
        name,
        attribute,
        value: attribute === "" ? "" : value,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: ctx.now,
        expiresAt: days ? new Date(ctx.now.getTime() + days * 86_400_000) : null,
      },
    });
    await writeAudit(tx, ctx, {
      action: "share.create",
      objectKind: "share_link",
      objectId: id,
      details: { name, picture, attribute, value, days: days ?? null },
    });
  });
  return { id, path: `/api/v1/share/${token}/${picture}.svg` };
}
