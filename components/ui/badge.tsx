import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

import { cn } from "./class-names";

const style = cva(
  "inline-flex h-5 max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "border-line bg-sunken text-muted",
        accent: "border-transparent bg-accent-soft text-accent-ink",
        good: "border-good-line bg-good-soft text-good-ink",
        warn: "border-warn-line bg-warn-soft text-warn-ink",
        alarm: "border-alarm-line bg-alarm-soft text-alarm-ink",
        /** Picked by hand: never part of an estimate. */
        picked: "border-picked-line bg-picked-soft text-picked-ink",
        outline: "border-line-strong bg-transparent text-muted",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

/** A state or kind in one or two words; give an icon too where the state matters. */
export function Badge({
  tone,
  className,
  title,
  children,
}: VariantProps<typeof style> & { className?: string; title?: string; children: ReactNode }) {
  return (
    <span title={title} className={cn(style({ tone }), className)}>
      {children}
    </span>
  );
}
