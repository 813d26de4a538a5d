import { SearchX } from "lucide-react";

import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ProjectNotFound() {
  return (
    <EmptyState
      className="py-20"
      icon={<SearchX aria-hidden="true" />}
      heading="h1"
      title="There is nothing at this address"
      actions={<LinkButton href="/projects">All projects</LinkButton>}
    >
      It may have been moved or removed, or your role does not include it.
    </EmptyState>
  );
}
