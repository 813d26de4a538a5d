import { instanceContext } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { readDemo } from "@/lib/demo/queries";
import { AccountMenu } from "@/app/(app)/account-menu";
import { CreateProjectForm } from "./create-project-form";

export const metadata = { title: "New project" };

export default async function NewProjectPage() {
  const { ctx, actor } = await instanceContext("instance.manage");
  const { state } = await readDemo(ctx.db, ctx.now);
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        back={<TextLink href="/projects">Projects</TextLink>}
        title="New project"
        description="One for each AI system that you watch."
      />
      <Card className="max-w-2xl">
        <CreateProjectForm timeZones={Intl.supportedValuesOf("timeZone")} />
      </Card>
      {state === "ready" || state === "making" ? null : (
        <p className="mt-4 text-sm">
          <TextLink href="/projects">Look at a simulated project first</TextLink>
        </p>
      )}
    </PlainPage>
  );
}
