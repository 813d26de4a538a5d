"use client";

import type { ReactNode } from "react";

import { cn } from "./class-names";

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
      className="inline-flex h-8 shrink-0 rounded-md border border-line bg-sunken p-0.5 print:hidden"
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
