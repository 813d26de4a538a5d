import type { ComponentProps, ReactNode } from "react";

import { cn } from "./class-names";

/** A table that scrolls sideways inside its own box, reachable with the keyboard. `label` is its name. */
export function Table({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="relative overflow-x-auto focus-visible:-outline-offset-2"
    >
      <table className={cn("w-full border-collapse text-sm", className)}>
        <caption className="sr-only">{label}</caption>
        {children}
      </table>
    </div>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return <thead className="border-y border-line bg-sunken text-left">{children}</thead>;
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="divide-y divide-line">{children}</tbody>;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cn("transition-colors hover:bg-hover/60", className)} {...rest} />;
}

export function HeaderCell({
  className,
  numeric = false,
  ...rest
}: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        "h-8 px-3 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4",
        numeric && "text-right",
        className,
      )}
      {...rest}
    />
  );
}

export function Cell({ className, numeric = false, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={cn(
        "h-10 px-3 py-1.5 align-middle text-ink first:pl-4 last:pr-4",
        numeric && "text-right tabular",
        className,
      )}
      {...rest}
    />
  );
}
