import { instanceContext } from "@/app/_boundary/session";
import { AuditTable } from "@/components/form/audit-table";
import { PlainPage } from "@/components/shell/plain-page";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { listAudit } from "@/lib/project/audit-queries";
import { auditSentence } from "@/lib/project/audit-sentence";
import { auditQuerySchema } from "@/lib/project/schema";
import { AccountMenu } from "@/app/(app)/account-menu";

export const metadata = { title: "Audit log" };

export default async function InstallationAuditPage({
  searchParams,
}: {
  searchParams: Promise<{ before?: string | string[] }>;
}) {
  const { ctx, actor } = await instanceContext("instance.manage");
  const query = auditQuerySchema.safeParse({ before: (await searchParams).before });
  const { events, next } = await listAudit(ctx, query.data?.before);
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        back={<TextLink href="/admin">People</TextLink>}
        title="Audit log of the installation"
        description="Sign-ins, people and projects. What happens inside a project is in its own log."
      />
      <Card flush>
        <AuditTable
          lines={events.map((event) => ({ ...event, sentence: auditSentence(event.action) }))}
          timeZone="UTC"
          older={next ? `/admin/audit?before=${next}` : null}
        />
      </Card>
    </PlainPage>
  );
}
