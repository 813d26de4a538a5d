import type { Entry } from "./surface";
import { GROUPS, type Group, type Principal } from "./who-may";

export type ProjectVariant = "own" | "foreign" | "missing" | "malformed";
export type IdVariant = ProjectVariant | "otherType";

export interface Aim {
  entry: Entry;
  group: Group;
  principal: Principal;
  project: ProjectVariant;
  id: IdVariant;
}

export interface Expected {
  status: number;
  /** Beginning of the address to which the answer leads. */
  to?: string;
}

/** Their cookie or key opens nothing, anywhere. */
export const NOT_SIGNED_IN: readonly Principal[] = [
  "nobody",
  "disabled",
  "ended",
  "keyRevoked",
  "keyExpired",
];
const FOREIGNERS: readonly Principal[] = ["stranger", "keyForeign"];
const ADMINS: readonly Principal[] = ["adminMember", "admin"];

/** What must be answered, from the table alone. Null: allowed, so what is answered depends on the request. */
export function expectation(aim: Aim): Expected | null {
  if (aim.entry.kind === "page") return expectedPage(aim);
  if (aim.entry.kind === "door") return expectedDoor(aim);
  return expectedRoute(aim);
}

function expectedRoute({ entry, group, principal, project, id }: Aim): Expected | null {
  if (group === "everybody") return null;
  if (NOT_SIGNED_IN.includes(principal)) return { status: 401 };
  if (!isProjectScoped(entry)) {
    if (!includes(group, principal)) return { status: 403 };
    return id === "own" ? null : { status: 404 };
  }
  if (!reaches(principal, project)) return { status: 404 };
  if (!includes(group, project === "foreign" ? "admin" : principal)) return { status: 403 };
  // An administrator reaches the other project too, but never the first one's objects through it.
  return id === "own" && (project === "own" || !hasId(entry)) ? null : { status: 404 };
}

function expectedPage({ entry, group, principal, project, id }: Aim): Expected | null {
  const signedIn = !NOT_SIGNED_IN.includes(principal) && !principal.startsWith("key");
  if (entry.path === "/setup") return { status: 404 };
  if (entry.path === "/sign-in") return signedIn ? { status: 307, to: "/" } : { status: 200 };
  if (group === "everybody") return { status: 200 };
  if (!signedIn) return { status: 307, to: "/sign-in" };
  // In the other project an administrator has no role, whatever they are at home.
  const allowed = includes(group, project === "foreign" ? "admin" : principal);
  if (isProjectScoped(entry)) {
    if (!reaches(principal, project)) return { status: 404 };
    if (!allowed) return principal === "reviewer" ? { status: 307, to: "/" } : { status: 404 };
    return id === "own" && (project === "own" || !hasId(entry)) ? { status: 200 } : { status: 404 };
  }
  if (!allowed) return { status: 404 };
  return entry.path === "/" ? { status: 307, to: "/" } : { status: 200 };
}

function expectedDoor({ entry, group, principal, id }: Aim): Expected | null {
  if (group === "signers") return { status: id === "own" ? 401 : 404 };
  // Doors are for machines: whoever comes with a cookie is nobody here.
  if (!principal.startsWith("key") || NOT_SIGNED_IN.includes(principal)) return { status: 401 };
  return includes(group, principal) && entry.kind === "door" ? null : { status: 403 };
}

function includes(group: Group, principal: Principal): boolean {
  return (GROUPS[group] as readonly Principal[]).includes(principal);
}

/** Whether the project of the path is the principal's business at all. */
function reaches(principal: Principal, project: ProjectVariant): boolean {
  if (project === "own") return !FOREIGNERS.includes(principal);
  return project === "foreign" && ADMINS.includes(principal);
}

export function isProjectScoped({ path, declaration }: Entry): boolean {
  return path.includes("[project]") && !(declaration && "instance" in declaration.policy);
}

/** The parameter beside the project, if the path has one. */
export function idOf(path: string): string | null {
  return (
    [...path.matchAll(/\[(\w+)\]/g)].map((match) => match[1] ?? "").find((name) => name !== "project") ?? null
  );
}

function hasId({ path }: Entry): boolean {
  return idOf(path) !== null;
}
