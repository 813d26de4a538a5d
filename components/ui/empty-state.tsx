import type { ReactNode, RefObject } from "react";

import { cn } from "./class-names";
import { CodeBlock } from "./copy-block";

/** Nothing here yet: what this place will show, and the next step as a button or as a command to copy. */
export function EmptyState({
  icon,
  title,
  heading: Heading = "h2",
  headingRef,
  children,
  command,
  commandLabel,
  actions,
  className,
}: {
  icon?: ReactNode;
  title: string;
  /** h1 where it is all that the page has. */
  heading?: "h1" | "h2";
  /** Makes the heading a place that the focus can go to. */
  headingRef?: RefObject<HTMLHeadingElement | null>;
  /** One or two sentences. */
  children?: ReactNode;
  command?: string;
  commandLabel?: string;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cn("mx-auto flex w-full max-w-xl flex-col items-center px-4 py-10 text-center", className)}
    >
      {icon ? (
        <div className="mb-3 grid size-10 place-items-center rounded-lg border border-line bg-surface text-subtle [&_svg]:size-5">
          {icon}
        </div>
      ) : null}
      <Heading
        className="rounded-sm text-base font-semibold text-ink"
        {...(headingRef ? { ref: headingRef, tabIndex: -1 } : {})}
      >
        {title}
      </Heading>
      {children ? <div className="mt-1 text-sm text-muted text-balance">{children}</div> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
      {command ? <CodeBlock code={command} label={commandLabel} className="mt-4 w-full" /> : null}
    </div>
  );
}
