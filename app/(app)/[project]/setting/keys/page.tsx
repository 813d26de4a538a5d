import { KeyRound } from "lucide-react";
import { pageContext } from "@/app/_boundary/session";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { listKeySources, listKeys } from "@/lib/project/queries";
import { KeyTable } from "./key-table";
import { NewKey } from "./new-key";

export const metadata = { title: "API keys" };

export default async function KeysPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "key.manage");
  const [keys, sources] = await Promise.all([listKeys(ctx), listKeySources(ctx)]);
  const moment = (at: Date | null) => (at ? formatInstant(at, project.timeZone) : null);
  return (
    <>
      <PageHeader
        title="API keys"
        description="Your systems send outputs and read results with a key. It belongs to this project only and is shown once, when you make it."
        actions={<NewKey slug={project.slug} sources={sources} />}
      />
      <Card flush>
        {keys.length === 0 ? (
          <EmptyState icon={<KeyRound aria-hidden="true" />} title="No key yet">
            Make one for the system that you want to watch. You get a command with which it sends its first
            output.
          </EmptyState>
        ) : (
          <KeyTable
            slug={project.slug}
            keys={keys.map((key) => ({
              ...key,
              created_at: formatInstant(key.created_at, project.timeZone),
              expires_at: moment(key.expires_at),
              last_used_at: moment(key.last_used_at),
            }))}
          />
        )}
      </Card>
      {keys.length === 0 ? null : (
        <p className="mt-3 text-xs text-subtle text-pretty">
          Times are in {project.timeZone}. To replace a key without a gap, make the new one first, switch your
          system over, and revoke the old one when its last use stands still.
        </p>
      )}
    </>
  );
}
