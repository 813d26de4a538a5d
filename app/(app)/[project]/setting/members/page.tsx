import { pageContext } from "@/app/_boundary/session";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatDay, formatInstant } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { listInvites, listMembers } from "@/lib/project/people-queries";
import { AddMember } from "./add-member";
import { MembersTable } from "./members-table";
import { ROLE_NAMES } from "./roles";

export const metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, actor, project } = await pageContext(params, "member.manage");
  const [members, invites] = await Promise.all([listMembers(ctx), listInvites(ctx)]);
  return (
    <>
      <PageHeader
        title="Members"
        description="Who works in this project, and what they may do in it. A change counts from their next click."
      />
      <div className="flex flex-col gap-4">
        <Card flush>
          <MembersTable
            slug={project.slug}
            ownId={actor.userId}
            members={members.map((member) => ({
              ...member,
              since: formatDay(localDay(member.since, project.timeZone)),
            }))}
          />
        </Card>
        <AddMember
          slug={project.slug}
          timeZone={project.timeZone}
          invites={invites.map((invite) => ({
            id: invite.id,
            email: invite.email,
            gives: invite.role ? ROLE_NAMES[invite.role] : "member",
            validUntil: formatInstant(invite.expires_at, project.timeZone),
          }))}
        />
      </div>
    </>
  );
}
