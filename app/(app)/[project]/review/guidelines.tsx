"use client";

import { ContentView } from "@/components/content/content-view";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";

const MARK = "data-guidelines";
/** Longer ones are opened when somebody wants them. */
const SHORT_CHARACTERS = 400;

/** How to judge, as the people wrote it who made the form. */
export function Guidelines({
  text,
  hotkey,
  folded = false,
  className,
}: {
  text: string;
  hotkey: string | null;
  /** Closed, however short they are. */
  folded?: boolean;
  className?: string;
}) {
  if (text.trim() === "") return null;
  return (
    <details
      {...{ [MARK]: "" }}
      className={cn("border-t border-line pt-3", className)}
      open={!folded && text.length < SHORT_CHARACTERS}
    >
      <summary className="w-fit min-h-6 cursor-pointer rounded-sm text-sm font-medium text-muted hover:text-ink">
        Guidelines
        {hotkey ? (
          <span aria-hidden="true" className="ml-1.5 hidden sm:inline">
            <Kbd>{hotkey}</Kbd>
          </span>
        ) : null}
      </summary>
      <div className="mt-1.5 max-h-72 overflow-y-auto text-sm [&_*]:text-muted">
        <ContentView value={text} label="Guidelines" />
      </div>
    </details>
  );
}

/** Opens or closes those that are on the screen now; what became of them is said, because the focus stays where it is. */
export function toggleGuidelines(say: (text: string) => void): void {
  const all = [...document.querySelectorAll<HTMLDetailsElement>(`details[${MARK}]`)];
  const shown = all.find((each) => each.offsetParent !== null);
  if (!shown) return;
  shown.open = !shown.open;
  if (shown.open) shown.scrollIntoView({ block: "nearest" });
  say(shown.open ? "Guidelines open, after the questions." : "Guidelines closed.");
}
