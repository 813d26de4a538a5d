"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

import { cn } from "./class-names";

interface ChoiceProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  hint?: ReactNode;
}

const BOX =
  "peer size-4 shrink-0 appearance-none border border-control bg-surface transition-colors checked:border-accent checked:bg-accent hover:border-muted disabled:opacity-50";

export function Checkbox({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className}>
      {(ids) => (
        <span className="relative mt-0.5 inline-flex">
          <input type="checkbox" className={cn(BOX, "rounded-sm")} {...ids} {...rest} />
          <svg
            aria-hidden="true"
            viewBox="0 0 16 16"
            className="pointer-events-none absolute inset-0 hidden size-4 text-on-accent peer-checked:block"
          >
            <path
              d="m4 8.5 2.7 2.7L12 5.5"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
        </span>
      )}
    </Choice>
  );
}

export function Radio({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className}>
      {(ids) => (
        <span className="relative mt-0.5 inline-flex">
          <input type="radio" className={cn(BOX, "rounded-full")} {...ids} {...rest} />
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 m-auto hidden size-1.5 rounded-full bg-on-accent peer-checked:block"
          />
        </span>
      )}
    </Choice>
  );
}

/** On or off, at once, without a save button. */
export function Switch({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className}>
      {(ids) => (
        <span className="relative mt-0.5 inline-flex">
          <input
            type="checkbox"
            // A native checkbox says itself whether it is on.
            role="switch"
            className="peer h-[18px] w-8 shrink-0 appearance-none rounded-full border border-control bg-sunken transition-colors checked:border-accent checked:bg-accent disabled:opacity-50"
            {...ids}
            {...rest}
          />
          <span
            aria-hidden="true"
            className="pointer-events-none absolute top-[3px] left-[3px] size-3 rounded-full bg-control transition-transform peer-checked:translate-x-3.5 peer-checked:bg-on-accent"
          />
        </span>
      )}
    </Choice>
  );
}

function Choice({
  label,
  hint,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  className?: string | undefined;
  children: (ids: { id: string; "aria-describedby"?: string }) => ReactNode;
}) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={cn("flex min-w-0 items-start gap-2", className)}>
      {children(hint ? { id, "aria-describedby": hintId } : { id })}
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm text-ink">
          {label}
        </label>
        {hint ? (
          <p id={hintId} className="text-xs text-subtle">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** One of few, all visible: used like a Select with `value` and `onChange`. */
export function RadioGroup({
  legend,
  hideLegend = false,
  name,
  value,
  options,
  onChange,
}: {
  legend: ReactNode;
  hideLegend?: boolean;
  name: string;
  value: string | undefined;
  options: readonly { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }[];
  onChange: (value: string) => void;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className={cn("mb-1.5 text-sm font-medium text-ink", hideLegend && "sr-only")}>{legend}</legend>
      {options.map((option) => (
        <Radio
          key={option.value}
          name={name}
          value={option.value}
          label={option.label}
          hint={option.hint}
          checked={value === option.value}
          disabled={option.disabled}
          onChange={() => onChange(option.value)}
        />
      ))}
    </fieldset>
  );
}
