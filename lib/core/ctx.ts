import type { Db } from "@/lib/db/client";

/** Who acts. Authority is checked at the boundary; use cases record it. */
export type Actor =
  | { kind: "user"; userId: string; sessionId: string; isAdmin: boolean; name: string }
  | { kind: "apiKey"; keyId: string; scopes: readonly string[] }
  | { kind: "webhook"; sourceId: string }
  | { kind: "system"; job: string };

declare const scoped: unique symbol;

/** Proof that the actor may touch this project. Only `app/_boundary`, the ingest doors and `lib/worker` mint it. */
export interface ProjectScope {
  readonly id: string;
  readonly slug: string;
  readonly timeZone: string;
  readonly [scoped]: true;
}

export interface Ctx {
  db: Db;
  actor: Actor;
  project: ProjectScope;
  now: Date;
  /** Of the request or job that caused this; in logs and audit rows. */
  requestId: string;
}

/** What use cases need that belong to the installation and to no project (people, projects themselves). */
export type InstanceCtx = Omit<Ctx, "project">;

/**
 * Mints a project scope. The linter allows the import in the boundary, the ingest doors, the worker and tests only.
 */
export function mintProjectScope(project: { id: string; slug: string; timeZone: string }): ProjectScope {
  return { id: project.id, slug: project.slug, timeZone: project.timeZone } as ProjectScope;
}
