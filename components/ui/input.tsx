"use client";

import type { ComponentProps } from "react";

import { cn } from "./class-names";
import { useFieldControl } from "./field";

// 16 px on phones: below that iOS zooms the page when the control takes the focus.
const CONTROL =
  "w-full min-w-0 rounded-md border border-control bg-surface text-lg text-ink placeholder:text-subtle transition-colors hover:border-muted focus-visible:border-accent focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-subtle aria-invalid:border-alarm sm:text-sm";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useFieldControl()} className={cn(CONTROL, "h-9 px-2.5 sm:h-8", className)} {...rest} />;
}

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...useFieldControl()}
      rows={rows}
      className={cn(CONTROL, "px-2.5 py-1.5", className)}
      {...rest}
    />
  );
}

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

/** The platform's own list: best on phones, with the keyboard and for screen readers. */
export function Select({
  className,
  options,
  ...rest
}: Omit<ComponentProps<"select">, "children"> & { options: readonly SelectOption[] }) {
  return (
    <span className={cn("relative inline-flex w-full min-w-0 print:hidden", className)}>
      <select
        {...useFieldControl()}
        className={cn(CONTROL, "h-9 appearance-none truncate pr-8 pl-2.5 sm:h-8")}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-subtle"
      >
        <path
          d="m4 6 4 4 4-4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}
