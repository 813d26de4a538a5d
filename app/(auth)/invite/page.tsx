import { publicPage } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { InvitePanel } from "./invite-panel";

export const metadata = { title: "Your link" };

/** The link's token stands behind #, so this page is the same for everybody until the browser has shown it to the API. */
export default async function InvitePage() {
  const { actor } = await publicPage("Whoever holds a link opens it here.");
  return (
    <PlainPage>
      <InvitePanel signedInAs={actor?.name ?? null} />
    </PlainPage>
  );
}
