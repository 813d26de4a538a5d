import type { Route } from "next";
import Link from "next/link";

import { instanceContext } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { readDemo } from "@/lib/demo/queries";
import { listProjects } from "@/lib/project/queries";
import { AccountMenu } from "@/app/(app)/account-menu";
import { DemoCard } from "./demo-card";

export const metadata = { title: "Projects" };

const ROLES = { MANAGER: "You manage it", REVIEWER: "You review in it", VIEWER: "You can look at it" };

export default async function ProjectsPage() {
  const { ctx, actor } = await instanceContext("instance.use");
  const [projects, demo] = await Promise.all([
    listProjects(ctx),
    actor.isAdmin ? readDemo(ctx.db, ctx.now) : null,
  ]);
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        title="Projects"
        description="A project watches one AI system: what it puts out, what reviewers say about it, and what that means."
        actions={
          actor.isAdmin ? (
            <>
              <LinkButton href="/admin">People</LinkButton>
              <LinkButton href="/projects/new" variant="primary">
                New project
              </LinkButton>
            </>
          ) : null
        }
      />
      {projects.length === 0 ? (
        <Card>
          <EmptyState title={actor.isAdmin ? "There is no project yet" : "You belong to no project yet"}>
            {actor.isAdmin
              ? "Make one, then send it the outputs of your system."
              : "Ask the manager of a project for a link."}
          </EmptyState>
        </Card>
      ) : (
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {projects.map((project) => (
            <li key={project.id}>
              <Link
                href={`/${project.slug}` as Route}
                className="flex h-full flex-col gap-1 rounded-lg border border-line bg-surface p-4 hover:bg-hover"
              >
                <span className="flex flex-wrap items-center gap-2 font-semibold text-ink">
                  {project.name}
                  {project.is_demo ? <Badge tone="warn">Simulated data</Badge> : null}
                </span>
                <span className="text-sm text-muted">
                  {project.role ? ROLES[project.role] : "You see it as administrator"}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {demo ? <DemoCard demo={demo} /> : null}
    </PlainPage>
  );
}
