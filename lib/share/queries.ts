import type { Ctx, InstanceCtx } from "@/lib/core/ctx";
import type { Project, ShareLink } from "@/lib/db/generated/client";
import * as z from "zod";
import { type LinkRow, PICTURES, type Picture } from "./schema";
import { hashShareToken } from "./share-token";

const MOST_SHOWN = 200;
/** More would make every look a write. */
const NOTED_SECONDS = 60;

/** The project's links, the newest first; of a link nothing leads back to its token. */
export async function listLinks(ctx: Ctx): Promise<LinkRow[]> {
  const links = await ctx.db.shareLink.findMany({
    where: { projectId: ctx.project.id },
    orderBy: { id: "desc" },
    take: MOST_SHOWN,
  });
  const people = await ctx.db.user.findMany({
    where: { id: { in: links.flatMap(({ createdBy }) => createdBy ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return links.map((link) => ({
    id: link.id,
    name: link.name,
    picture: z.enum(PICTURES).parse(link.picture),
    attribute: link.attribute,
    value: link.value,
    created_at: link.createdAt.toISOString(),
    created_by: link.createdBy ? (names.get(link.createdBy) ?? null) : null,
    expires_at: link.expiresAt?.toISOString() ?? null,
    last_used_at: link.lastUsedAt?.toISOString() ?? null,
    state: link.revokedAt ? "revoked" : isOver(link, ctx.now) ? "expired" : "active",
  }));
}

export type SharedLink = ShareLink & { project: Pick<Project, "id" | "slug" | "timeZone"> };

/** The link behind a token, when it shows this kind of picture today; unknown, revoked and expired are all null. Notes the use. */
export async function findLink(
  { db, now }: Pick<InstanceCtx, "db" | "now">,
  token: string,
  picture: Picture,
): Promise<SharedLink | null> {
  const link = await db.shareLink.findUnique({
    where: { tokenHash: hashShareToken(token) },
    include: { project: { select: { id: true, slug: true, timeZone: true } } },
  });
  if (!link || link.picture !== picture || link.revokedAt || isOver(link, now)) return null;
  await db.$executeRaw`
    UPDATE share_link SET last_used_at = ${now} WHERE project_id = ${link.projectId}::uuid AND id = ${link.id}::uuid
      AND (last_used_at IS NULL OR last_used_at < ${now}::timestamptz - make_interval(secs => ${NOTED_SECONDS}))`;
  return link;
}

function isOver({ expiresAt }: Pick<ShareLink, "expiresAt">, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
