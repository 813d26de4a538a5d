import { SearchX } from "lucide-react";

import { PlainPage } from "@/components/shell/plain-page";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PlainPage>
      <EmptyState
        icon={<SearchX aria-hidden="true" />}
        heading="h1"
        title="There is nothing at this address"
        actions={<LinkButton href="/projects">All projects</LinkButton>}
      >
        It may have been moved or removed, or you may not be a member of the project that it belongs to.
      </EmptyState>
    </PlainPage>
  );
}
