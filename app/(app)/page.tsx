import type { Route } from "next";
import { redirect } from "next/navigation";

import { instanceContext } from "@/app/_boundary/session";
import { listProjects } from "@/lib/project/queries";

/** The first page after sign-in: the only project, else the list. */
export default async function HomePage() {
  const { ctx } = await instanceContext("instance.use");
  const projects = await listProjects(ctx);
  const only = projects.length === 1 ? projects[0] : undefined;
  redirect((only ? `/${only.slug}` : "/projects") as Route);
}
