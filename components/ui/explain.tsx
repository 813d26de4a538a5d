"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { CircleHelp } from "lucide-react";
import type { ReactNode } from "react";

/** What a measure means, in a sentence: by pointer, by key and by touch. `of` is its name. */
export function Explain({ of, children }: { of: string; children: ReactNode }) {
  return (
    <Base.Root>
      <Base.Trigger
        openOnHover
        delay={200}
        aria-label={`What does “${of}” mean?`}
        className="inline-grid size-6 shrink-0 place-items-center rounded-sm text-subtle hover:text-ink"
      >
        <CircleHelp aria-hidden="true" className="size-3.5" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} className="z-50 outline-none">
          <Base.Popup
            aria-label={of}
            className="max-w-72 rounded-lg bg-overlay p-3 text-sm font-normal whitespace-normal text-ink shadow-float outline-none"
          >
            <Base.Description className="text-pretty">{children}</Base.Description>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
