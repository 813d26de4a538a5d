"use client";

import { type ComponentType, type ReactNode, useRef, useState } from "react";

import type { AnchoredMenu } from "@/components/ui/menu";
import { useLoaded } from "@/components/ui/use-loaded";

/** A button whose menu is fetched when somebody reaches for it: on most visits nobody does, and it is 45 KB. */
export function MenuButton<Props extends object>({
  label,
  className,
  load,
  list,
  children,
}: {
  /** For screen readers, also of the menu. */
  label: string;
  className: string;
  load: () => Promise<ComponentType<Props & AnchoredMenu>>;
  /** What the menu is made of. */
  list: Props;
  children: ReactNode;
}) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [List, fetchList] = useLoaded(load);
  const reach = () => {
    if (!List) void fetchList();
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        data-popup-open={open ? "" : undefined}
        className={className}
        onPointerEnter={reach}
        onFocus={reach}
        onClick={() => {
          reach();
          setOpen(!open);
        }}
      >
        {children}
      </button>
      {List ? <List {...list} anchored={{ anchor, open, label, onOpenChange: setOpen }} /> : null}
    </>
  );
}
