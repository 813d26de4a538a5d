import { newId } from "@/lib/core/id";
import {
  type Aim,
  type Expected,
  expectation,
  type IdVariant,
  idOf,
  isProjectScoped,
  NOT_SIGNED_IN,
  type ProjectVariant,
} from "./expectation";
import type { Answer, Sent } from "./send";
import type { Entry } from "./surface";
import { GROUPS, nameOf, PRINCIPALS, type Principal, WHO_MAY } from "./who-may";
import { CANARIES, type World } from "./world";

export interface Attempt extends Aim {
  sent: Sent;
  expected: Expected;
}

const PROJECTS: readonly ProjectVariant[] = ["own", "foreign", "missing", "malformed"];
const IDS: readonly IdVariant[] = ["own", "foreign", "missing", "malformed", "otherType"];
/** The same word means something else outside of a project. */
const OUTSIDE_OF_PROJECTS: Readonly<Record<string, string>> = { invite: "adminInvite", source: "hook" };
const MALFORMED = "%27%20OR%201%3D1%20--";
/** Whose own project is the one that is foreign to the others. */
const AT_HOME_THERE: readonly Principal[] = ["stranger", "keyForeign"];

/** Bodies for routes that show no example: valid in form, so that nothing but the permission is in the way. */
const BODIES: Readonly<Record<string, unknown>> = {
  "DELETE /api/v1/projects/[project]": { name: "not its name" },
  "POST /api/v1/projects/[project]/members": { email: "somebody@example.org", role: "VIEWER" },
  "POST /api/v1/invites/join": { token: "A".repeat(43) },
  "POST /api/v1/session/password": { current: "one password here", next: "another password here" },
  "POST /api/v1/outputs": { id: "x", input: {}, output: {} },
};

/** Every principal at every address with every kind of id, where the table says what must be answered. */
export function attemptsAt(entry: Entry, world: World): Attempt[] {
  const group = WHO_MAY[nameOf(entry)];
  if (!group) return [];
  return PRINCIPALS.flatMap((principal) =>
    variants(entry, principal).flatMap(({ project, id }): Attempt[] => {
      const aim: Aim = { entry, group, principal, project, id };
      const expected =
        expectation(aim) ?? (entry.kind === "route" && entry.method === "GET" ? reading(aim) : null);
      if (!expected) return [];
      const body = entry.method === "GET" ? undefined : (entry.declaration?.example ?? BODIES[nameOf(entry)]);
      const sent: Sent = {
        method: entry.method,
        path: addressOf(world, aim),
        headers: world.headers[principal],
      };
      return [{ ...aim, expected, sent: body === undefined ? sent : { ...sent, body } }];
    }),
  );
}

/** Whoever may read gets the page or answer. What is public answers in its own way. */
function reading({ group }: Aim): Expected | null {
  return group === "everybody" ? null : { status: 200 };
}

function variants(entry: Entry, principal: Principal): { project: ProjectVariant; id: IdVariant }[] {
  const projects = isProjectScoped(entry) ? PROJECTS : (["own"] as const);
  const ids = idOf(entry.path) ? IDS : (["own"] as const);
  const all = [
    ...projects.map((project) => ({ project, id: "own" as const })),
    ...ids.filter((id) => id !== "own").map((id) => ({ project: "own" as const, id })),
  ];
  // Whoever is not let in at all is asked in no more ways than one.
  const isNobodyHere = entry.kind === "page" && principal.startsWith("key");
  if (isNobodyHere || (NOT_SIGNED_IN.includes(principal) && principal !== "nobody")) return all.slice(0, 1);
  return AT_HOME_THERE.includes(principal) ? all.filter(({ project }) => project !== "foreign") : all;
}

export function addressOf(world: World, { entry, project, id }: Aim): string {
  const name = idOf(entry.path);
  const slugs = {
    own: world.own.project.slug,
    foreign: world.foreign.project.slug,
    missing: `gone-${newId().slice(0, 8)}`,
    malformed: MALFORMED,
  };
  const path = entry.path.replace("[project]", slugs[project]).replace("[...nextauth]", "session");
  return name ? path.replace(`[${name}]`, idFor(world, entry, name, id)) : path;
}

function idFor(world: World, { path }: Entry, name: string, variant: IdVariant): string {
  const kind = path.includes("[project]") ? name : (OUTSIDE_OF_PROJECTS[name] ?? name);
  const known = world.ids[kind];
  if (!known)
    throw new Error(
      `The matrix has no object for the parameter [${name}]: add one to app/_boundary/access/world.ts.`,
    );
  if (variant === "own" || variant === "foreign") return known[variant];
  if (variant === "malformed") return MALFORMED;
  if (variant === "missing") return kind === "hook" ? newId().replaceAll("-", "") : newId();
  return (kind === "key" ? world.ids.invite : world.ids.key)?.own ?? newId();
}

/** What is wrong with the answer, in one line; null when nothing is. */
export function judge(attempt: Attempt, answer: Answer): string | null {
  const { expected, principal, project, id, entry } = attempt;
  const found: string[] = [];
  if (answer.status !== expected.status)
    found.push(`answered ${answer.status} instead of ${expected.status}`);
  const location = String(answer.headers.location ?? "");
  if (expected.to && !location.startsWith(expected.to)) found.push(`leads to ${location}`);
  found.push(...leaks(principal, answer), ...headerFaults(answer));
  if (found.length === 0) return null;
  return `${nameOf(entry)} as ${principal} (project ${project}, id ${id}): ${found.join("; ")}`;
}

function leaks(principal: Principal, answer: Answer): string[] {
  return CANARIES.filter(
    ({ text, mayBeSeenBy }) => answer.text.includes(text) && !mayBeSeenBy.includes(principal),
  ).map(({ text }) => `shows ${text}`);
}

function headerFaults({ headers }: Answer): string[] {
  const faults: string[] = [];
  if (headers["cache-control"] !== "no-store") faults.push("may be cached");
  if (headers["x-content-type-options"] !== "nosniff") faults.push("has no nosniff");
  if (!headers["content-security-policy"]) faults.push("has no content security policy");
  if (headers["referrer-policy"] !== "no-referrer") faults.push("has no referrer policy");
  if (headers["access-control-allow-origin"]) faults.push("lets other origins read");
  return faults;
}

/** Foreign, missing and malformed have to look alike. */
export function withoutRequestId(text: string): string {
  return text.replaceAll(/"request_id":"[^"]*"/g, '"request_id":""');
}

export function mayReach(entry: Entry, principal: Principal): boolean {
  const group = WHO_MAY[nameOf(entry)];
  return group !== undefined && (GROUPS[group] as readonly Principal[]).includes(principal);
}
