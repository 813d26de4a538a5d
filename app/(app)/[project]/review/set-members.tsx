import { Check, Minus, Plus } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import type { SetPart } from "./set-difference";

const LOOK = {
  same: { icon: Check, style: "border-line bg-surface text-ink", words: "both" },
  answer: { icon: Minus, style: "border-good-line bg-good-soft text-good-ink", words: "only your answer" },
  output: { icon: Plus, style: "border-alarm-line bg-alarm-soft text-alarm-ink", words: "only the output" },
};

/** Two sets as one: what both have, and what only one of them has. */
export function SetMembers({ parts }: { parts: readonly SetPart[] }) {
  return (
    <ul className="mt-2 flex flex-wrap gap-1.5">
      {parts.map(({ text, kind }, index) => {
        const { icon: Icon, style, words } = LOOK[kind];
        return (
          <li
            key={index}
            className={cn(
              "inline-flex min-w-0 items-center gap-1 rounded-md border px-2 py-0.5 text-sm",
              style,
            )}
          >
            <Icon aria-hidden="true" className="size-3.5 shrink-0" />
            <span className="min-w-0 break-words">{text}</span>
            <span className="sr-only">, {words}</span>
            {kind === "same" ? null : (
              <span aria-hidden="true" className="shrink-0 text-xs">
                {words}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
