import type { Ctx } from "@/lib/core/ctx";
import { allowImageHosts } from "@/lib/core/page-image-hosts";
import { readImageHosts } from "@/lib/review/review-setting";

/** The hosts on the project's list, which the browser may load images from on this page and on no other. */
export async function letImagesLoad(ctx: Ctx): Promise<string[]> {
  const hosts = await readImageHosts(ctx);
  allowImageHosts(ctx.requestId, hosts);
  return hosts;
}
