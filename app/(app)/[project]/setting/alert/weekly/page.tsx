import { pageContext } from "@/app/_boundary/session";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { accuracyChart } from "@/lib/alert/accuracy-chart";
import { weeklyMessage } from "@/lib/alert/weekly-message";

export const metadata = { title: "Weekly digest" };

/** The week as it would be written now: the picture and the same in words. */
export default async function WeeklyPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const { title, lines, parts, chart } = await weeklyMessage(ctx);
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${project.slug}/setting/alert`}>Alerts</TextLink>}
        title="Weekly digest"
        description={`What e-mail channels with the weekly digest get on Monday from 07:00 on (${project.timeZone}), as it would be now. Mail programs that show no pictures show the same in words.`}
      />
      <Card className="max-w-2xl">
        <h2 className="text-lg font-semibold text-ink">{title}</h2>
        {chart ? (
          <picture>
            <img
              src={`data:image/svg+xml;base64,${Buffer.from(accuracyChart(chart)).toString("base64")}`}
              alt="Accuracy by week; the numbers are in the text below."
              width={1104}
              height={420}
              className="my-3 h-auto w-full rounded-md border border-line"
            />
          </picture>
        ) : null}
        {lines.map((line) => (
          <p key={line} className="mt-2 text-sm text-ink text-pretty">
            {line}
          </p>
        ))}
        {parts.map((part, at) => (
          <section key={at} className="mt-4 border-t border-line pt-3">
            <h3 className="text-sm font-semibold text-ink">{part.title}</h3>
            {part.lines.map((line) => (
              <p key={line} className="mt-1 text-sm text-muted tabular">
                {line}
              </p>
            ))}
          </section>
        ))}
      </Card>
    </>
  );
}
