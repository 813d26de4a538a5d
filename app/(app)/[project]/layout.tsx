import type { ReactNode } from "react";

import { frameContext } from "@/app/_boundary/session";
import { projectNavigation, settingNavigation } from "@/components/shell/navigation";
import { readStalls } from "@/lib/freshness/queries";
import { countOpenIncidents } from "@/lib/incident/queries";
import { listProjects } from "@/lib/project/queries";

import { ProjectFrame } from "./project-frame";
import { StallBanner } from "./stall-banner";

const ROLES = { MANAGER: "Manager", REVIEWER: "Reviewer", VIEWER: "Viewer", ADMIN: "Administrator" } as const;

/** The frame only; every page inside decides for itself who may see it. */
export default async function ProjectLayout({
  params,
  children,
}: {
  params: Promise<{ project: string }>;
  children: ReactNode;
}) {
  const frame = await frameContext(params);
  if (!frame) return children;
  const { ctx, actor, project, can } = frame;
  const [projects, openIncidents, stalls] = await Promise.all([
    listProjects(ctx),
    can("project.read") ? countOpenIncidents(ctx, project.id) : 0,
    can("project.read") ? readStalls(ctx.db, { projectId: project.id }) : null,
  ]);
  const role = projects.find(({ slug }) => slug === project.slug)?.role;
  return (
    <ProjectFrame
      project={{ slug: project.slug, name: project.name, isDemo: project.isDemo }}
      projects={projects.map(({ slug, name, is_demo }) => ({ slug, name, isDemo: is_demo }))}
      user={{ id: actor.userId, name: actor.name, detail: ROLES[role ?? "ADMIN"], isAdmin: actor.isAdmin }}
      items={projectNavigation(project.slug, can)}
      settings={settingNavigation(project.slug, can)}
      counts={openIncidents > 0 ? { incident: { text: String(openIncidents), meaning: "open" } } : {}}
    >
      {stalls ? (
        <StallBanner
          slug={project.slug}
          timeZone={project.timeZone}
          stalls={stalls}
          asOf={ctx.now.toISOString()}
        />
      ) : null}
      {children}
    </ProjectFrame>
  );
}
