import type { ReactNode } from "react";

import { frameContext } from "@/app/_boundary/session";
import { settingNavigation } from "@/components/shell/navigation";
import { SettingTabs } from "@/components/shell/setting-tabs";

/** Tabs over the settings pages; every page decides for itself who may see it. */
export default async function SettingLayout({
  params,
  children,
}: {
  params: Promise<{ project: string }>;
  children: ReactNode;
}) {
  const frame = await frameContext(params);
  if (!frame) return children;
  return (
    <>
      <SettingTabs tabs={settingNavigation(frame.project.slug, frame.can)} />
      {children}
    </>
  );
}
