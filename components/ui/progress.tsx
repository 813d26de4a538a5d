import type { ReactNode } from "react";

/** How far long work is. The words beneath say it in numbers, with what is left to wait. */
export function Progress({
  label,
  value,
  max,
  children,
}: {
  label: string;
  value: number;
  max: number;
  /** One or two sentences; they are read out as they change. */
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-2">
      <progress
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
        aria-label={label}
        value={Math.min(value, max)}
        max={Math.max(1, max)}
      />
      {children ? (
        <p className="text-sm text-muted tabular" aria-live="polite">
          {children}
        </p>
      ) : null}
    </div>
  );
}
