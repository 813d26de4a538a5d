import type { Entry } from "./surface";

/** Everybody whom the matrix sends to every address. */
export const PRINCIPALS = [
  "nobody",
  "disabled",
  "ended",
  "stranger",
  "viewer",
  "reviewer",
  "manager",
  "adminMember",
  "admin",
  "keyOutputs",
  "keyTruth",
  "keyRead",
  "keyForeign",
  "keyRevoked",
  "keyExpired",
] as const;
export type Principal = (typeof PRINCIPALS)[number];

const PEOPLE = ["stranger", "viewer", "reviewer", "manager", "adminMember", "admin"] as const;
const MANAGERS = ["manager", "adminMember", "admin"] as const;
const READERS = ["viewer", ...MANAGERS] as const;

/** Sets of principals under the names by which the table below calls them. */
export const GROUPS = {
  everybody: PRINCIPALS,
  people: PEOPLE,
  admins: ["adminMember", "admin"],
  readers: READERS,
  readersAndKeys: [...READERS, "keyRead"],
  managers: MANAGERS,
  /** An administrator reviews only as a member. */
  reviewers: ["reviewer", "manager", "adminMember"],
  sendersOfOutputs: ["keyOutputs"],
  sendersOfTruth: ["keyTruth"],
  /** A signature decides, whoever else one is. */
  signers: [],
} as const satisfies Record<string, readonly Principal[]>;
export type Group = keyof typeof GROUPS;

/**
 * Who may do what, written a second time and by hand: a new address has to be added here, and a policy that becomes wider or
 * narrower has to be changed here too, else the matrix test fails.
 */
export const WHO_MAY: Readonly<Record<string, Group>> = {
  "GET /": "people",
  "GET /account": "people",
  "GET /projects": "people",
  "GET /projects/new": "admins",
  "GET /admin": "admins",
  "GET /admin/audit": "admins",
  "GET /invite": "everybody",
  "GET /setup": "everybody",
  "GET /sign-in": "everybody",
  "GET /[project]": "readers",
  "GET /[project]/accuracy": "readers",
  "GET /[project]/incident": "readers",
  "GET /[project]/incident/[incident]": "readers",
  "GET /[project]/input": "readers",
  "GET /[project]/input/[record]": "readers",
  "GET /[project]/output": "readers",
  "GET /[project]/output/[output]": "readers",
  "GET /[project]/review": "reviewers",
  "GET /[project]/setting/answer-schema": "managers",
  "GET /[project]/setting/audit": "managers",
  "GET /[project]/setting/keys": "managers",
  "GET /[project]/setting/members": "managers",
  "GET /[project]/setting/monitor": "managers",
  "GET /[project]/setting/planner": "managers",
  "GET /[project]/setting/project": "managers",
  "GET /[project]/setting/sampling": "managers",
  "GET /[project]/setting/sources": "managers",

  "GET /api/auth/[...nextauth]": "everybody",
  "POST /api/auth/[...nextauth]": "everybody",
  "GET /api/[...unknown]": "everybody",
  "POST /api/[...unknown]": "everybody",
  "PUT /api/[...unknown]": "everybody",
  "PATCH /api/[...unknown]": "everybody",
  "DELETE /api/[...unknown]": "everybody",
  "POST /api/v1/setup": "everybody",
  "POST /api/v1/invites/accept": "everybody",
  "POST /api/v1/invites/reset": "everybody",
  "POST /api/v1/invites/view": "everybody",
  "POST /api/v1/invites/join": "people",
  "GET /api/v1/session": "people",
  "PATCH /api/v1/session": "people",
  "DELETE /api/v1/session": "people",
  "DELETE /api/v1/session/others": "people",
  "POST /api/v1/session/password": "people",
  "GET /api/v1/projects": "people",

  "GET /api/v1/audit": "admins",
  "GET /api/v1/invites": "admins",
  "POST /api/v1/invites": "admins",
  "DELETE /api/v1/invites/[invite]": "admins",
  "GET /api/v1/users": "admins",
  "PATCH /api/v1/users/[user]": "admins",
  "POST /api/v1/users/[user]/reset-link": "admins",
  "DELETE /api/v1/users/[user]/sign-ins": "admins",
  "POST /api/v1/projects": "admins",
  "DELETE /api/v1/projects/[project]": "admins",

  "GET /api/v1/projects/[project]": "readersAndKeys",
  "GET /api/v1/projects/[project]/accuracy": "readersAndKeys",
  "GET /api/v1/projects/[project]/baseline": "readersAndKeys",
  "GET /api/v1/projects/[project]/incidents": "readersAndKeys",
  "GET /api/v1/projects/[project]/incidents/[incident]": "readersAndKeys",
  "GET /api/v1/projects/[project]/incidents/[incident]/outputs": "readersAndKeys",
  "GET /api/v1/projects/[project]/mix-rate": "readersAndKeys",
  "GET /api/v1/projects/[project]/outputs": "readersAndKeys",
  "GET /api/v1/projects/[project]/outputs/[output]": "readersAndKeys",
  "GET /api/v1/projects/[project]/worst-segments": "readersAndKeys",

  "PATCH /api/v1/projects/[project]": "managers",
  "GET /api/v1/projects/[project]/audit": "managers",
  "GET /api/v1/projects/[project]/answer-schema": "managers",
  "POST /api/v1/projects/[project]/answer-schema": "managers",
  "POST /api/v1/projects/[project]/baseline": "managers",
  "GET /api/v1/projects/[project]/monitor": "readersAndKeys",
  "POST /api/v1/projects/[project]/monitor": "managers",
  "POST /api/v1/projects/[project]/monitor/preview": "managers",
  "GET /api/v1/projects/[project]/plan": "readersAndKeys",
  "POST /api/v1/projects/[project]/plan": "managers",
  "POST /api/v1/projects/[project]/plan/preview": "managers",
  "GET /api/v1/projects/[project]/planner": "managers",
  "POST /api/v1/projects/[project]/planner": "managers",
  "POST /api/v1/projects/[project]/planner/preview": "managers",
  "GET /api/v1/projects/[project]/sources": "managers",
  "POST /api/v1/projects/[project]/sources": "managers",
  "PATCH /api/v1/projects/[project]/sources/[source]": "managers",
  "POST /api/v1/projects/[project]/sources/[source]/secret": "managers",
  "POST /api/v1/projects/[project]/incidents/[incident]/acknowledge": "managers",
  "POST /api/v1/projects/[project]/incidents/[incident]/mute": "managers",
  "POST /api/v1/projects/[project]/incidents/[incident]/unmute": "managers",
  "POST /api/v1/projects/[project]/incidents/[incident]/resolve": "managers",
  "POST /api/v1/projects/[project]/incidents/[incident]/reopen": "managers",
  "POST /api/v1/projects/[project]/incidents/[incident]/note": "managers",
  "GET /api/v1/projects/[project]/invites": "managers",
  "POST /api/v1/projects/[project]/invites": "managers",
  "DELETE /api/v1/projects/[project]/invites/[invite]": "managers",
  "GET /api/v1/projects/[project]/keys": "managers",
  "POST /api/v1/projects/[project]/keys": "managers",
  "DELETE /api/v1/projects/[project]/keys/[key]": "managers",
  "GET /api/v1/projects/[project]/members": "managers",
  "POST /api/v1/projects/[project]/members": "managers",
  "PATCH /api/v1/projects/[project]/members/[member]": "managers",
  "DELETE /api/v1/projects/[project]/members/[member]": "managers",

  "POST /api/v1/projects/[project]/reviews/claim": "reviewers",
  "POST /api/v1/projects/[project]/reviews/heartbeat": "reviewers",
  "GET /api/v1/projects/[project]/reviews/queue": "reviewers",
  "POST /api/v1/projects/[project]/reviews/release": "reviewers",
  "POST /api/v1/projects/[project]/reviews/reveal": "reviewers",
  "POST /api/v1/projects/[project]/reviews/skip": "reviewers",
  "POST /api/v1/projects/[project]/reviews/submit": "reviewers",
  "POST /api/v1/projects/[project]/reviews/undo": "reviewers",

  "POST /api/v1/outputs": "sendersOfOutputs",
  "POST /api/v1/releases": "sendersOfOutputs",
  "POST /api/v1/epochs/close": "sendersOfOutputs",
  "POST /api/v1/ground-truth": "sendersOfTruth",
  "POST /api/v1/hooks/[source]": "signers",
};

export function nameOf({ method, path }: Pick<Entry, "method" | "path">): string {
  return `${method} ${path}`;
}
