"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/components/ui/class-names";
import { HeaderCell } from "@/components/ui/table";

/** A column heading that sorts; says its order to screen readers. */
export function SortHeader({
  children,
  sorted,
  onSort,
  numeric = false,
  explain,
  className,
}: {
  children: ReactNode;
  sorted: "asc" | "desc" | false;
  onSort: () => void;
  numeric?: boolean;
  /** What the column means, beside the button that sorts by it. */
  explain?: ReactNode;
  className?: string | undefined;
}) {
  const Icon = sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <HeaderCell
      numeric={numeric}
      className={className}
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"}
    >
      <button
        type="button"
        onClick={onSort}
        className={cn(
          "-mx-1 inline-flex h-6 items-center gap-1 rounded-sm px-1 hover:text-ink [&_svg]:size-3",
          sorted && "text-ink",
          numeric && "flex-row-reverse",
        )}
      >
        {children}
        <Icon aria-hidden="true" className={sorted ? "" : "opacity-50"} />
      </button>
      {explain}
    </HeaderCell>
  );
}
