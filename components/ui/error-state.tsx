import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "./class-names";

/** Something failed: what, what it means, what to do; with the id under which the log has the cause. */
export function ErrorState({
  title = "This could not be loaded",
  children,
  requestId,
  actions,
  className,
  heading: Heading = "h2",
}: {
  title?: string;
  children?: ReactNode;
  requestId?: string | undefined;
  actions?: ReactNode;
  className?: string;
  /** h1 where nothing else heads the page. */
  heading?: "h1" | "h2";
}) {
  return (
    <div
      role="alert"
      className={cn("mx-auto flex max-w-xl flex-col items-center px-4 py-10 text-center", className)}
    >
      <div className="mb-3 grid size-10 place-items-center rounded-lg bg-alarm-soft text-alarm-ink">
        <CircleAlert aria-hidden="true" className="size-5" />
      </div>
      <Heading className="text-base font-semibold text-ink">{title}</Heading>
      {children ? <div className="mt-1 text-sm text-muted text-balance">{children}</div> : null}
      {requestId ? <p className="mt-2 font-mono text-xs text-subtle">Reference {requestId}</p> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
