import type { ReactNode } from "react";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A number with its unit, as typed: what it means is decided where it is sent. */
export function NumberField({
  label,
  unit,
  value,
  step = "any",
  hint,
  error,
  onChange,
}: {
  label: string;
  unit: string;
  value: string;
  step?: string;
  hint?: ReactNode;
  error?: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      <span className="flex items-center gap-2">
        <Input
          type="number"
          inputMode="decimal"
          step={step}
          className="w-28"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <span className="text-sm text-muted">{unit}</span>
      </span>
    </Field>
  );
}
