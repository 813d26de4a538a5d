import { otelVariables } from "@/app/(app)/[project]/setting/keys/otel-lines";
import { pageContext } from "@/app/_boundary/session";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/copy-block";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { listSources } from "@/lib/ingest/queries";
import { NewHook } from "./new-hook";
import { SourceTable } from "./source-table";

export const metadata = { title: "Sources" };

export default async function SourcesPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const sources = await listSources(ctx);
  const moment = (at: Date | null) => (at ? formatInstant(at, project.timeZone) : null);
  const origin = process.env.NEXTAUTH_URL ?? "";
  return (
    <>
      <PageHeader
        title="Sources"
        description="Where outputs come from. Each source is counted apart. A system that can call an address of its own (a webhook) gets a hook here; any other, and an OpenTelemetry exporter, sends with an API key."
        actions={<NewHook slug={project.slug} origin={origin} />}
      />
      <Card flush>
        <SourceTable
          slug={project.slug}
          origin={origin}
          sources={sources.map((source) => ({
            ...source,
            created_at: formatInstant(source.created_at, project.timeZone),
            disabled_at: moment(source.disabled_at),
            last_hour: moment(source.last_hour),
            secrets: source.secrets.map((secret) => ({
              created_at: formatInstant(secret.created_at, project.timeZone),
              expires_at: moment(secret.expires_at),
            })),
          }))}
        />
      </Card>
      <details className="mt-4 text-sm text-muted">
        <summary className="cursor-pointer rounded-sm text-ink">
          A service that is traced with OpenTelemetry
        </summary>
        <div className="mt-2 flex max-w-3xl flex-col gap-2">
          <p className="text-pretty">
            These variables send its traces here, with an API key in place of asy_…; calls of models become
            outputs. Tracing records no inputs and outputs by itself: the last two switch it on for
            OpenTelemetry’s own instrumentation, <code>experimental_telemetry</code> for the Vercel AI SDK.
            Attributes named <code>assay.segment.region</code> and the like become segments.
          </p>
          <CodeBlock label="Variables" code={otelVariables(origin, null)} />
        </div>
      </details>
      <p className="mt-3 text-xs text-subtle text-pretty">
        Times are in {project.timeZone}. A hook trusts whoever signs with its secret, so keep it where the
        sender keeps its secrets. What a source has sent stays when it is switched off.
      </p>
    </>
  );
}
