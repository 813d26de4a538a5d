"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { HeldItem } from "./review-state";

const CAME = {
  undone: "Taken back",
  seen: "You began this item before",
  returned: "You answered this without connection, and the output differs",
} as const;

/** What is special about the item on the screen. */
export function ItemMessages({ held, onDrop }: { held: HeldItem; onDrop: () => void }) {
  return (
    <>
      {held.lost ? (
        <Banner
          tone="warn"
          title="Somebody else has this item now"
          actions={
            <Button size="sm" onClick={onDrop}>
              Leave it
            </Button>
          }
        >
          It was open too long without a sign from you. What you entered is still here: send it as an extra
          opinion, or leave it.
        </Banner>
      ) : null}
      {held.came !== "new" && !held.lost ? (
        <Banner title={CAME[held.came]}>
          {held.item.revealed
            ? "You have seen the output, so your answer stands; you can change the verdict or the note."
            : "It is open again, as you left it."}
        </Banner>
      ) : null}
    </>
  );
}
