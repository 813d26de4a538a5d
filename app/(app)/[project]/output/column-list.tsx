"use client";

import { RotateCcw } from "lucide-react";

import { type ColumnChoice, DEFAULT_COLUMNS } from "@/components/table/output-columns";
import { type AnchoredMenu, Menu, MenuCheck, MenuGroup, MenuItem, MenuSeparator } from "@/components/ui/menu";

/** Which columns the table has; each choice takes effect at once. */
export function ColumnList({
  choices,
  shown,
  onChange,
  anchored,
}: AnchoredMenu & {
  choices: readonly ColumnChoice[];
  shown: readonly string[];
  /** Without columns: the usual ones. */
  onChange: (columns: string[] | undefined) => void;
}) {
  const usual = DEFAULT_COLUMNS.length === shown.length && DEFAULT_COLUMNS.every((id) => shown.includes(id));
  const toggle = (id: string, on: boolean) => {
    const next = choices.filter((each) => (each.id === id ? on : shown.includes(each.id)));
    onChange(next.map((each) => each.id));
  };
  return (
    <Menu anchored={anchored} align="end" className="w-56">
      <MenuGroup label="Columns">
        {choices.map(({ id, label }) => (
          <MenuCheck key={id} checked={shown.includes(id)} onChange={(on) => toggle(id, on)}>
            {label}
          </MenuCheck>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem disabled={usual} onClick={() => onChange(undefined)}>
        <RotateCcw aria-hidden="true" />
        Usual columns
      </MenuItem>
    </Menu>
  );
}
