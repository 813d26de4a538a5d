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
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line print:hidden">
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
