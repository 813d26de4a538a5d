import type { Route } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type Actor, type Ctx, type InstanceCtx, mintProjectScope } from "@/lib/core/ctx";
import { database } from "@/lib/db/client";
import {
  type ProjectAccess,
  type ProjectFacts,
  readProjectAccess,
  type UserActor,
} from "@/lib/project/access";
import { type Capability, type InstanceCapability, instanceCapabilities } from "@/lib/project/permission";
import { sessionActor } from "./authenticate";
import { requestIdOf } from "./request-facts";
import { isSlug } from "./route";

/*
 * First line of every page; the matrix test reads the capability from the page's source, so write it as a literal:
 *
 *   const { ctx, can, project } = await pageContext(params, "project.read");
 *   const { ctx, actor } = await instanceContext("instance.use");
 *   await publicPage("people sign in here");
 *
 * Layouts take the same, but their answer protects nothing: each page asks for itself. Do not put a loading.tsx above a page:
 * the status of a denial would already be 200.
 */

export interface PageContext {
  ctx: Ctx;
  actor: UserActor;
  project: ProjectFacts;
  can: (capability: Capability) => boolean;
}

const currentActor = cache(async (): Promise<{ actor: UserActor | null; now: Date; requestId: string }> => {
  const received = await headers();
  const now = new Date();
  const actor = await sessionActor(database(), received, now);
  return { actor, now, requestId: requestIdOf(received) };
});

const projectAccess = cache(async (slug: string): Promise<ProjectAccess | null> => {
  const { actor } = await currentActor();
  return actor && isSlug(slug) ? readProjectAccess(database(), actor, slug) : null;
});

/** The signed-in person's context in this project. Redirects to sign-in; what is none of their business does not exist. */
export async function pageContext(
  params: Promise<{ project: string }>,
  capability: Capability,
): Promise<PageContext> {
  const { project: slug } = await params;
  const { actor, now, requestId } = await signedIn();
  const access = await projectAccess(slug);
  if (!access) notFound();
  const { project, capabilities } = access;
  if (!capabilities.has(capability)) deny(slug, capabilities);
  const ctx: Ctx = { db: database(), actor, now, requestId, project: mintProjectScope(project) };
  return { ctx, actor, project, can: (each) => capabilities.has(each) };
}

/**
 * What the frame around a project's pages shows: the same for every member, whatever they may do. Null when there is nothing to
 * show; the page inside then says why. Protects nothing.
 */
export async function frameContext(params: Promise<{ project: string }>): Promise<{
  ctx: InstanceCtx;
  actor: UserActor;
  project: ProjectFacts;
  can: (capability: Capability) => boolean;
} | null> {
  const { project: slug } = await params;
  const { actor, now, requestId } = await currentActor();
  const access = actor ? await projectAccess(slug) : null;
  if (!actor || !access) return null;
  const { project, capabilities } = access;
  return {
    ctx: { db: database(), actor, now, requestId },
    actor,
    project,
    can: (each) => capabilities.has(each),
  };
}

/** Reviewers who may not see charts land at their work; every other missing capability looks like a missing page. */
function deny(slug: string, capabilities: ReadonlySet<Capability>): never {
  if (capabilities.has("review.work") && !capabilities.has("project.read"))
    redirect(`/${slug}/review` as Route);
  notFound();
}

/** The signed-in person's context for what belongs to the installation. */
export async function instanceContext(
  capability: InstanceCapability,
): Promise<{ ctx: InstanceCtx; actor: UserActor }> {
  const { actor, now, requestId } = await signedIn();
  if (!instanceCapabilities(actor).has(capability)) notFound();
  return { ctx: { db: database(), actor, now, requestId }, actor };
}

/** For the few pages that need no sign-in; the argument says why. */
export async function publicPage(_reason: string): Promise<{ ctx: InstanceCtx; actor: UserActor | null }> {
  const { actor, now, requestId } = await currentActor();
  const visitor: Actor = { kind: "system", job: "visitor" };
  return { ctx: { db: database(), actor: actor ?? visitor, now, requestId }, actor };
}

async function signedIn(): Promise<{ actor: UserActor; now: Date; requestId: string }> {
  const { actor, now, requestId } = await currentActor();
  if (actor) return { actor, now, requestId };
  const path = (await headers()).get("x-assay-path");
  redirect(path && path !== "/" ? `/sign-in?to=${encodeURIComponent(path)}` : "/sign-in");
}
