"use client";

import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

import { cn } from "./class-names";

const TAB =
  "relative -mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-0.5 text-sm font-medium whitespace-nowrap text-muted hover:text-ink";

/** Tabs that are pages: each has its address, the browser's back button works. */
export function LinkTabs({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: readonly { href: string; label: ReactNode }[];
  current: string;
}) {
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href as Route}
          prefetch={false}
          aria-current={tab.href === current ? "page" : undefined}
          className={cn(TAB, tab.href === current && "border-accent text-ink")}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}

/** Few exclusive choices in one row: periods, chart or table. */
export function Segmented({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: ReactNode; title?: string; disabled?: boolean }[];
  onChange: (value: string) => void;
}) {
  return (
    <div
      role="group"
      aria-label={label}
      className="inline-flex h-8 shrink-0 rounded-md border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          disabled={option.disabled}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            "inline-flex items-center gap-1.5 rounded-[5px] px-2.5 text-sm text-muted whitespace-nowrap transition-colors hover:text-ink disabled:opacity-50 [&_svg]:size-4",
            option.value === value &&
              "bg-surface font-medium text-ink shadow-raised ring-1 ring-line dark:bg-hover",
          )}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
