"use client";

import { ChevronsUpDown } from "lucide-react";

import { BrandMark } from "./brand";
import { MenuButton } from "./menu-button";

export interface ShellProject {
  slug: string;
  name: string;
  isDemo: boolean;
}

const loadList = () => import("./project-list").then((loaded) => loaded.ProjectList);

/** Name of the open project; the other ones are a click away. */
export function ProjectSwitcher({
  project,
  projects,
}: {
  project: ShellProject;
  projects: readonly ShellProject[];
}) {
  return (
    <MenuButton
      label={`Project ${project.name}. Switch project`}
      load={loadList}
      list={{ current: project.slug, projects }}
      className="flex w-full min-w-0 items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover data-popup-open:bg-hover"
    >
      <BrandMark className="size-6 shrink-0" />
      <span className="min-w-0 flex-1 truncate text-base font-semibold tracking-tight text-ink">
        {project.name}
      </span>
      <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-subtle" />
    </MenuButton>
  );
}
