import { pageContext } from "@/app/_boundary/session";
import { AuditTable } from "@/components/form/audit-table";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { listAudit } from "@/lib/project/audit-queries";
import { auditSentence } from "@/lib/project/audit-sentence";
import { auditQuerySchema } from "@/lib/project/schema";

export const metadata = { title: "Audit log" };

export default async function AuditPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
}) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const query = auditQuerySchema.safeParse({ before: (await searchParams).before });
  const { events, next } = await listAudit(ctx, query.data?.before);
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change in this project, with the person or key that made it. It cannot be edited."
      />
      <Card flush>
        <AuditTable
          lines={events.map((event) => ({ ...event, sentence: auditSentence(event.action) }))}
          timeZone={project.timeZone}
          older={next ? `/${project.slug}/setting/audit?before=${next}` : null}
        />
      </Card>
    </>
  );
}
