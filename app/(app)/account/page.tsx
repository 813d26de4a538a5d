import { instanceContext } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { ownAccount, ownSignIns } from "@/lib/project/people-queries";
import { AccountMenu } from "@/app/(app)/account-menu";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";
import { SignIns } from "./sign-ins";

export const metadata = { title: "Your account" };

export default async function AccountPage() {
  const { ctx, actor } = await instanceContext("instance.use");
  const [account, signIns] = await Promise.all([ownAccount(ctx), ownSignIns(ctx)]);
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        back={<TextLink href="/projects">Projects</TextLink>}
        title="Your account"
        description={`You sign in as ${account.email}.`}
      />
      <div className="flex max-w-2xl flex-col gap-4">
        <Card title="Name" description="Others see it beside what you review and change.">
          <NameForm name={account.name} />
        </Card>
        <Card
          title="Password"
          description={
            account.has_password
              ? "A new password signs out every other device."
              : "You sign in through your organisation: there is no password here."
          }
        >
          {account.has_password ? <PasswordForm email={account.email} /> : null}
        </Card>
        <SignIns
          rows={signIns.map(({ id, device, network, since, lastSeenAt, isThis }) => ({
            id,
            device,
            network,
            since: `${formatInstant(since, "UTC")} UTC`,
            lastSeen: `${formatInstant(lastSeenAt, "UTC")} UTC`,
            isThis,
          }))}
        />
      </div>
    </PlainPage>
  );
}
