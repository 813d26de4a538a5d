import type { ReactNode } from "react";

import { cn } from "./class-names";
import { CopyButton } from "./copy";

/** One line to copy: an address, a key that is shown once. */
export function CopyField({ value, label }: { value: string; label: string }) {
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-md border border-line-strong bg-sunken py-0.5 pr-0.5 pl-2.5">
      <code
        className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-sm whitespace-nowrap text-ink"
        aria-label={label}
        tabIndex={0}
      >
        {value}
      </code>
      <CopyButton text={value} label={`Copy ${label}`} compact />
    </div>
  );
}

/** Lines to copy: commands, JSON. Plain text only, whatever is in it. */
export function CodeBlock({
  code,
  label,
  className,
}: {
  code: string;
  label?: ReactNode;
  className?: string;
}) {
  return (
    <figure
      className={cn("min-w-0 overflow-hidden rounded-lg border border-line bg-sunken text-left", className)}
    >
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1 pr-1 pl-3 text-xs text-subtle">
        <span className="min-w-0 truncate">{label ?? "Command"}</span>
        <CopyButton text={code} />
      </figcaption>
      <pre tabIndex={0} className="overflow-x-auto px-3 py-2.5 font-mono text-xs leading-5 text-ink">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
