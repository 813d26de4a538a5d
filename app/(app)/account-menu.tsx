import type { PageContext } from "@/app/_boundary/session";

import { HouseBar } from "./house-bar";

/** What stands at the top of a page outside of a project. Only what it shows of the person goes to the browser. */
export function AccountMenu({
  actor: { userId, name, isAdmin },
}: {
  actor: Pick<PageContext["actor"], "userId" | "name" | "isAdmin">;
}) {
  return <HouseBar userId={userId} name={name} isAdmin={isAdmin} />;
}
