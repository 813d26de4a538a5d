import type { ReactNode } from "react";

import { cn } from "./class-names";

/** A part of a page with its own heading. `flush` lets a table reach the edges. */
export function Card({
  title,
  description,
  actions,
  footer,
  flush = false,
  className,
  children,
}: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  flush?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <section className={cn("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title || actions ? (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5">
          <div className="min-w-0">
            {title ? <h2 className="text-base font-semibold text-ink">{title}</h2> : null}
            {description ? <p className="text-sm text-muted">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div className={cn(flush ? (title ? "pt-3" : "") : "p-4", !flush && title && "pt-3")}>{children}</div>
      {footer ? (
        <footer className="border-t border-line px-4 py-2.5 text-sm text-muted">{footer}</footer>
      ) : null}
    </section>
  );
}

/** One number with its name and what it rests on. */
export function Stat({
  label,
  value,
  detail,
  className,
}: {
  label: ReactNode;
  value: ReactNode;
  /** Interval, n, date: the evidence. */
  detail?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("min-w-0", className)}>
      <div className="text-sm text-muted">{label}</div>
      <div className="mt-0.5 text-2xl font-semibold tracking-tight text-ink tabular">{value}</div>
      {detail ? <div className="text-xs text-subtle tabular">{detail}</div> : null}
    </div>
  );
}

/** Names and values of one thing, for detail pages. */
export function DescriptionList({ items }: { items: readonly { term: ReactNode; detail: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      {items.map((item, index) => (
        <div key={index} className="contents">
          <dt className="text-subtle">{item.term}</dt>
          <dd className="min-w-0 break-words text-ink tabular">{item.detail}</dd>
        </div>
      ))}
    </dl>
  );
}
