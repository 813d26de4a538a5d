import { CircleAlert, CircleCheck, Hand, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "./class-names";

const TONES = {
  info: { icon: Info, style: "border-line bg-sunken text-ink", iconStyle: "text-accent-ink" },
  good: { icon: CircleCheck, style: "border-good-line bg-good-soft text-ink", iconStyle: "text-good-ink" },
  warn: { icon: TriangleAlert, style: "border-warn-line bg-warn-soft text-ink", iconStyle: "text-warn-ink" },
  /** About what was picked by hand, apart from all that is measured. */
  picked: { icon: Hand, style: "border-picked-line bg-picked-soft text-ink", iconStyle: "text-picked-ink" },
  alarm: {
    icon: CircleAlert,
    style: "border-alarm-line bg-alarm-soft text-ink",
    iconStyle: "text-alarm-ink",
  },
} as const;

/** A sentence about the page that stays until its cause is gone. */
export function Banner({
  tone = "info",
  title,
  children,
  actions,
  className,
}: {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, style, iconStyle } = TONES[tone];
  return (
    <div
      role={tone === "alarm" ? "alert" : undefined}
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3.5 py-2.5 text-sm",
        style,
        className,
      )}
    >
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", iconStyle)} />
      <div className="min-w-0 flex-1 basis-60">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-muted">{children}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
