"use client";

import { usePathname } from "next/navigation";

import { LinkTabs } from "@/components/ui/tabs";

import { currentItem } from "./navigation";

/** The settings pages as tabs, the open one marked. */
export function SettingTabs({ tabs }: { tabs: readonly { href: string; label: string }[] }) {
  const pathname = usePathname();
  return (
    <div className="mb-6">
      <LinkTabs label="Settings" tabs={tabs} current={currentItem(tabs, pathname)?.href ?? ""} />
    </div>
  );
}
