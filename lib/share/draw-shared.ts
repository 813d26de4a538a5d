import { accuracyChart } from "@/lib/alert/accuracy-chart";
import { weeklyChart } from "@/lib/alert/weekly-chart";
import type { Ctx } from "@/lib/core/ctx";
import { headlineSeries } from "@/lib/estimate/headline-series";
import type { Segment } from "@/lib/estimate/schema";
import { readStalls } from "@/lib/freshness/queries";
import { badge } from "./badge";
import { badgeText, shownSubject } from "./badge-text";
import type { Picture } from "./schema";
import { svgText } from "./svg-text";

export interface Shown {
  picture: Picture;
  segment: Segment;
}

/** The picture as it is now: for a link, and for the preview of one. */
export async function drawShared(ctx: Ctx, { picture, segment }: Shown): Promise<string> {
  const stalls = await readStalls(ctx.db, { projectId: ctx.project.id });
  const isCurrent = stalls.every(({ minor }) => minor);
  if (picture === "badge") return badge(badgeText(await headlineSeries(ctx, segment), isCurrent));
  const chart = accuracyChart(await weeklyChart(ctx, segment));
  const title = `${shownSubject(segment)} by week${isCurrent ? "" : ", not current"}`;
  return withTitle(chart, title);
}

/** A line of its own above the chart, for the eye and for screen readers. */
function withTitle(chart: string, title: string): string {
  const said = svgText(title);
  const inner = chart.replace(/^<svg /, '<svg y="44" ').replace(/ xmlns="[^"]*"/, "");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="1104" height="464" viewBox="0 0 1104 464" role="img" aria-label="${said}">`,
    `<title>${said}</title><rect width="1104" height="464" fill="#ffffff"/>`,
    `<text x="24" y="34" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="22" fill="#18181b">${said}</text>`,
    inner,
    "</svg>",
  ].join("");
}
