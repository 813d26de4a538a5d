"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** While a year is typed digit by digit the browser reports years like 0002: only a plausible day takes effect. */
export function DayField({
  label,
  value,
  onDay,
}: {
  label: string;
  value: string | undefined;
  onDay: (day: string | undefined) => void;
}) {
  return (
    <Field label={label}>
      <Input
        key={value}
        type="date"
        defaultValue={value ?? ""}
        min="2000-01-01"
        max="2100-12-31"
        onChange={(event) => {
          const day = event.target.value;
          if (day >= "2000" && day < "2101") onDay(day);
        }}
        onBlur={(event) => {
          if (event.target.value === "" && value) onDay(undefined);
        }}
      />
    </Field>
  );
}
