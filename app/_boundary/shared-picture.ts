import { hash } from "node:crypto";
import { z } from "zod";
import { type InstanceCtx, mintProjectScope } from "@/lib/core/ctx";
import { drawShared } from "@/lib/share/draw-shared";
import { keptPicture } from "@/lib/share/kept-pictures";
import { findLink } from "@/lib/share/queries";
import type { Picture } from "@/lib/share/schema";
import { nothingHere } from "./problem";

export const tokenSchema = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/** The picture of a link. Whoever kept it asks each time whether it still holds, so that a revoked link is gone at once. @throws AppError */
export async function sharedPicture(
  ctx: InstanceCtx,
  { token, picture }: { token: string; picture: Picture },
  headers: Headers,
): Promise<Response> {
  const link = await findLink(ctx, token, picture);
  if (!link) throw nothingHere();
  const { id, attribute, value, project } = link;
  const shown = { picture, segment: { attribute, value } };
  const svg = await keptPicture(id, ctx.now, () =>
    drawShared({ ...ctx, project: mintProjectScope(project) }, shown),
  );
  const etag = `"${hash("sha256", svg, "hex").slice(0, 32)}"`;
  const known = headers.get("if-none-match")?.split(/\s*,\s*/) ?? [];
  if (known.some((each) => each.replace(/^W\//, "") === etag))
    return new Response(null, { status: 304, headers: { etag } });
  return new Response(svg, { headers: { "content-type": "image/svg+xml; charset=utf-8", etag } });
}
