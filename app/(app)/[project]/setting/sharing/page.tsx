import { Share2 } from "lucide-react";
import { type PageContext, pageContext } from "@/app/_boundary/session";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { lastDays } from "@/lib/estimate/last-days";
import { segmentTable } from "@/lib/estimate/segment-table";
import { drawShared } from "@/lib/share/draw-shared";
import { keptPicture } from "@/lib/share/kept-pictures";
import { listLinks } from "@/lib/share/queries";
import type { LinkRow } from "@/lib/share/schema";
import { LinkTable } from "./link-table";
import { NewLink } from "./new-link";

export const metadata = { title: "Sharing" };

const MOST_PREVIEWS = 20;
const DAYS = 91;

export default async function SharingPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const [links, segments] = await Promise.all([
    listLinks(ctx),
    lastDays(ctx, DAYS).then((days) => segmentTable(ctx, days)),
  ]);
  const previews = await previewsOf(ctx, links);
  const moment = (at: string | null) => (at ? formatInstant(at, project.timeZone) : null);
  return (
    <>
      <PageHeader
        title="Sharing"
        description="A badge or a chart of this project's accuracy for a wiki, a README or a wall. Whoever has the address sees that one picture, without signing in, until you revoke it."
        actions={
          <NewLink
            slug={project.slug}
            segments={segments.rows.map(({ segment: { attribute, value } }) => ({ attribute, value }))}
          />
        }
      />
      <Card flush>
        {links.length === 0 ? (
          <EmptyState icon={<Share2 aria-hidden="true" />} title="Nothing is shared">
            Make a link, and put the line that you get into the page where people should see how accurate it
            is.
          </EmptyState>
        ) : (
          <LinkTable
            slug={project.slug}
            links={links.map((link) => ({
              ...link,
              created_at: formatInstant(link.created_at, project.timeZone),
              expires_at: moment(link.expires_at),
              last_used_at: moment(link.last_used_at),
              preview: previews.get(link.id) ?? null,
            }))}
          />
        )}
      </Card>
      {links.length === 0 ? null : (
        <p className="mt-3 text-xs text-subtle text-pretty">
          Times are in {project.timeZone}. An address is shown once, when you make it: only its fingerprint is
          kept. A picture says in words when too few outputs are reviewed and when its number is not of now.
        </p>
      )}
    </>
  );
}

/** What the newest links show at this moment, as pictures inside of the page. */
async function previewsOf(ctx: PageContext["ctx"], links: readonly LinkRow[]): Promise<Map<string, string>> {
  const shown = links.filter(({ state }) => state === "active").slice(0, MOST_PREVIEWS);
  const drawn = await Promise.all(
    shown.map(async ({ id, picture, attribute, value }): Promise<[string, string]> => {
      const segment = { attribute, value };
      const svg = await keptPicture(id, ctx.now, () => drawShared(ctx, { picture, segment }));
      return [id, `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`];
    }),
  );
  return new Map(drawn);
}
