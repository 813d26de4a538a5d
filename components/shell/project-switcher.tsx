"use client";

import { ChevronsUpDown, LayoutGrid } from "lucide-react";

import { Menu, MenuGroup, MenuLink, MenuSeparator } from "@/components/ui/menu";

import { BrandMark } from "./brand";

export interface ShellProject {
  slug: string;
  name: string;
  isDemo: boolean;
}

/** Name of the open project; the other ones are a click away. */
export function ProjectSwitcher({
  project,
  projects,
}: {
  project: ShellProject;
  projects: readonly ShellProject[];
}) {
  return (
    <Menu
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Project ${project.name}. Switch project`}
          className="flex w-full min-w-0 items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover data-popup-open:bg-hover"
        >
          <BrandMark className="size-6 shrink-0" />
          <span className="min-w-0 flex-1 truncate text-base font-semibold tracking-tight text-ink">
            {project.name}
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-subtle" />
        </button>
      }
    >
      <MenuGroup label="Projects">
        {projects.map((each) => (
          <MenuLink key={each.slug} href={`/${each.slug}`} current={each.slug === project.slug}>
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
