"use client";

import { Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** The second tab is told: two that take and send would get in each other's way. */
export function WorkingElsewhere({ onTake }: { onTake: () => void }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={<Copy aria-hidden="true" />}
        title="You are reviewing in another tab"
        actions={
          <Button variant="primary" onClick={onTake}>
            Go on here
          </Button>
        }
        className="py-20"
      >
        Only one tab at a time takes items and sends reviews. What you have begun there comes along.
      </EmptyState>
    </div>
  );
}
