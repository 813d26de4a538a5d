import { instanceContext } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { listInvites, listPeople } from "@/lib/project/people-queries";
import { AccountMenu } from "@/app/(app)/account-menu";
import { AdminInvites } from "./admin-invites";
import { PeopleTable } from "./people-table";

export const metadata = { title: "People" };

export default async function PeoplePage() {
  const { ctx, actor } = await instanceContext("instance.manage");
  const [people, invites] = await Promise.all([listPeople(ctx), listInvites(ctx)]);
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        back={<TextLink href="/projects">Projects</TextLink>}
        title="People"
        description="Everybody with an account on this installation. What somebody may do in a project is decided on the project's members page."
        actions={
          <>
            <TextLink href="/admin/design">Design language</TextLink>
            <TextLink href="/admin/audit">Audit log</TextLink>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <Card flush>
          <PeopleTable
            ownId={actor.userId}
            people={people.map((person) => ({
              ...person,
              last_seen_at: person.last_seen_at ? formatInstant(person.last_seen_at, "UTC") : null,
            }))}
          />
        </Card>
        <AdminInvites
          invites={invites.map((invite) => ({
            id: invite.id,
            email: invite.email,
            validUntil: `${formatInstant(invite.expires_at, "UTC")} UTC`,
          }))}
        />
      </div>
    </PlainPage>
  );
}
