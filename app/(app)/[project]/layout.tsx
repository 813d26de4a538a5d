import type { Metadata } from "next";
import { cache, type ReactNode } from "react";

import { frameContext } from "@/app/_boundary/session";
import { projectNavigation, settingNavigation } from "@/components/shell/navigation";
import { PlainPage } from "@/components/shell/plain-page";
import { readStalls } from "@/lib/freshness/queries";
import { demoDays } from "@/lib/demo/demo-days";
import { countOpenIncidents } from "@/lib/incident/queries";
import { wantsTour } from "@/lib/project/people-queries";
import { listProjects } from "@/lib/project/queries";

import { ProjectFrame } from "./project-frame";
import { tourSteps } from "./tour-steps";
import { StallPart, TourPart } from "./frame-parts";
import { tabMark } from "./tab-mark";

const ROLES = { MANAGER: "Manager", REVIEWER: "Reviewer", VIEWER: "Viewer", ADMIN: "Administrator" } as const;

type Params = Promise<{ project: string }>;

/** Asked for by the tab and by the frame of one and the same page. */
const openIncidents = cache(async (slug: string): Promise<number> => {
  const frame = await frameContext(Promise.resolve({ project: slug }));
  return frame?.can("project.read") ? countOpenIncidents(frame.ctx, frame.project.id) : 0;
});

/** Made anew with every page that is opened, so that the tab is as fresh as what it shows. */
export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const frame = await frameContext(params);
  return frame ? tabMark(frame.project.name, await openIncidents(frame.project.slug)) : {};
}

/** The frame only; every page inside decides for itself who may see it. */
export default async function ProjectLayout({ params, children }: { params: Params; children: ReactNode }) {
  const frame = await frameContext(params);
  // Nothing is inside for this person but that nothing is here.
  if (!frame) return <PlainPage>{children}</PlainPage>;
  const { ctx, actor, project, can } = frame;
  const [projects, open, stalls, tourIsShown] = await Promise.all([
    listProjects(ctx),
    openIncidents(project.slug),
    can("project.read") ? readStalls(ctx.db, { projectId: project.id }) : null,
    project.isDemo && can("project.read") ? wantsTour(ctx) : false,
  ]);
  const role = projects.find(({ slug }) => slug === project.slug)?.role;
  return (
    <ProjectFrame
      project={{ slug: project.slug, name: project.name, isDemo: project.isDemo }}
      projects={projects.map(({ slug, name, is_demo }) => ({ slug, name, isDemo: is_demo }))}
      user={{ id: actor.userId, name: actor.name, detail: ROLES[role ?? "ADMIN"], isAdmin: actor.isAdmin }}
      items={projectNavigation(project.slug, can)}
      settings={settingNavigation(project.slug, can)}
      counts={open > 0 ? { incident: { text: String(open), meaning: "open" } } : {}}
    >
      {stalls ? (
        <StallPart
          slug={project.slug}
          timeZone={project.timeZone}
          stalls={stalls}
          asOf={ctx.now.toISOString()}
        />
      ) : null}
      {tourIsShown ? (
        <TourPart slug={project.slug} steps={tourSteps(project.slug, demoDays(project.createdAt))} />
      ) : null}
      {children}
    </ProjectFrame>
  );
}
