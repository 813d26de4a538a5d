"use client";

import { LayoutGrid } from "lucide-react";

import { type AnchoredMenu, Menu, MenuGroup, MenuLink, MenuSeparator } from "@/components/ui/menu";

import type { ShellProject } from "./project-switcher";

/** The other projects of this person. */
export function ProjectList({
  anchored,
  current,
  projects,
}: AnchoredMenu & { current: string; projects: readonly ShellProject[] }) {
  return (
    <Menu anchored={anchored} className="w-60">
      <MenuGroup label="Projects">
        {projects.map((each) => (
          <MenuLink key={each.slug} href={`/${each.slug}`} current={each.slug === current}>
            <span className="min-w-0 flex-1 truncate">{each.name}</span>
            {each.isDemo ? <span className="text-xs text-subtle">simulated</span> : null}
          </MenuLink>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuLink href="/projects">
        <LayoutGrid aria-hidden="true" />
        All projects
      </MenuLink>
    </Menu>
  );
}
