import type { Route } from "next";
import { redirect } from "next/navigation";

import { instanceContext } from "@/app/_boundary/session";
import { listProjects } from "@/lib/project/queries";

/** The first page after sign-in: the only project, else the list; where there is none yet, whoever may make one is asked to. */
export default async function HomePage() {
  const { ctx, actor } = await instanceContext("instance.use");
  const projects = await listProjects(ctx);
  const only = projects.length === 1 ? projects[0] : undefined;
  const first = projects.length === 0 && actor.isAdmin ? "/projects/new" : "/projects";
  redirect((only ? `/${only.slug}` : first) as Route);
}
