import { instanceContext } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { AccountMenu } from "@/app/(app)/account-menu";
import { CreateProjectForm } from "./create-project-form";

export const metadata = { title: "New project" };

export default async function NewProjectPage() {
  const { actor } = await instanceContext("instance.manage");
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        back={<TextLink href="/projects">Projects</TextLink>}
        title="New project"
        description="One project for each AI system that you want to watch. You become its manager."
      />
      <Card className="max-w-2xl">
        <CreateProjectForm timeZones={Intl.supportedValuesOf("timeZone")} />
      </Card>
    </PlainPage>
  );
}
