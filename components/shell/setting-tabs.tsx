"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

import { LinkTabs } from "@/components/ui/tabs";

import { currentItem } from "./navigation";

/** The settings pages as tabs, the open one marked and, on a phone, moved into view. */
export function SettingTabs({ tabs }: { tabs: readonly { href: string; label: string }[] }) {
  const pathname = usePathname();
  const current = currentItem(tabs, pathname)?.href ?? "";
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const open = box.current?.querySelector<HTMLElement>(`[href="${current}"]`);
    const row = open?.parentElement;
    if (open && row) row.scrollLeft = open.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
  }, [current]);
  return (
    <div ref={box} className="relative mb-6">
      <LinkTabs label="Settings" tabs={tabs} current={current} />
    </div>
  );
}
