"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactElement, ReactNode, RefObject } from "react";

import { cn } from "./class-names";

const ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm text-ink outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle";

/** For a menu whose button is drawn elsewhere. */
export interface AnchoredMenu {
  anchored: {
    anchor: RefObject<HTMLButtonElement | null>;
    open: boolean;
    onOpenChange: (open: boolean) => void;
    label: string;
  };
}

type MenuProps = {
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  className?: string;
} & ({ trigger: ReactElement } | AnchoredMenu);

/** A button that opens a list of actions or links. Children: MenuItem, MenuLink, MenuChoice, MenuSeparator, MenuLabel. */
export function Menu({ children, align = "start", side = "bottom", className, ...opened }: MenuProps) {
  const anchored = "anchored" in opened ? opened.anchored : null;
  const control = anchored && {
    open: anchored.open,
    onOpenChange: (open: boolean, { event }: { event: Event }) => {
      // A press on the button closes by its own click.
      const own = event.target instanceof Node && anchored.anchor.current?.contains(event.target);
      if (!own || event.type === "keydown") anchored.onOpenChange(open);
    },
  };
  return (
    <Base.Root modal={false} {...control}>
      {"trigger" in opened ? <Base.Trigger render={opened.trigger} /> : null}
      <Base.Portal>
        <Base.Positioner
          sideOffset={6}
          align={align}
          side={side}
          collisionPadding={8}
          className="z-50 outline-none"
          {...(anchored ? { anchor: anchored.anchor } : {})}
        >
          <Base.Popup
            className={cn(
              "max-h-[min(28rem,var(--available-height))] min-w-48 overflow-y-auto rounded-lg bg-overlay p-1 shadow-float outline-none transition duration-100 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0",
              className,
            )}
            {...(anchored ? { finalFocus: anchored.anchor, "aria-label": anchored.label } : {})}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  children,
  onClick,
  disabled = false,
  danger = false,
}: {
  children: ReactNode;
  onClick: () => void;
  disabled?: boolean;
  danger?: boolean;
}) {
  return (
    <Base.Item
      className={cn(ITEM, danger && "text-alarm-ink [&_svg]:text-alarm-ink")}
      onClick={onClick}
      disabled={disabled}
    >
      {children}
    </Base.Item>
  );
}

export function MenuLink({
  href,
  children,
  current = false,
}: {
  href: string;
  children: ReactNode;
  current?: boolean;
}) {
  return (
    <Base.LinkItem
      closeOnClick
      className={ITEM}
      render={<Link href={href as Route} prefetch={false} aria-current={current ? "page" : undefined} />}
    >
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      {current ? <Check aria-hidden="true" /> : null}
    </Base.LinkItem>
  );
}

/** A file that is downloaded. */
export function MenuDownload({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.LinkItem closeOnClick className={ITEM} href={href} download>
      {children}
    </Base.LinkItem>
  );
}

/** Something that is on or off; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Base.CheckboxItem
      checked={checked}
      onCheckedChange={(next: boolean) => onChange(next)}
      closeOnClick={false}
      className={ITEM}
    >
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Base.CheckboxItemIndicator>
        <Check aria-hidden="true" />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  );
}

/** One of several inside a menu. */
export function MenuChoice({
  value,
  onChange,
  options,
}: {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; icon?: ReactNode }[];
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: string) => onChange(next)}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={ITEM} closeOnClick>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}

export function MenuGroup({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-subtle">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
