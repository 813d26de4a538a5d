/** What a person or key may do in a project. Declared by every route and page; decided only here. */
export const CAPABILITIES = [
  /** See charts, estimates, the ledger. */
  "project.read",
  /** See inputs and outputs outside of one's own review queue. */
  "payload.read",
  /** Claim, label, edit own reviews. */
  "review.work",
  /** Change plan, answer schema, sources, baseline; see the audit log. */
  "project.manage",
  /** Invite people, change their roles. */
  "member.manage",
  /** Make and revoke API keys and hook secrets. */
  "key.manage",
  "outputs.write",
  "truth.write",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What belongs to the installation: projects, people, settings. */
export type InstanceCapability = "instance.manage" | "instance.use";

export type ProjectRole = "MANAGER" | "REVIEWER" | "VIEWER";

export const KEY_SCOPES = ["outputs:write", "truth:write", "read"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export interface Access {
  /** Administrator of the installation. */
  isAdmin: boolean;
  /** Role in this project; null for somebody who is no member. */
  role: ProjectRole | null;
  reviewersSeeCharts: boolean;
  viewersSeePayloads: boolean;
}

const MANAGER: ReadonlySet<Capability> = new Set([
  "project.read",
  "payload.read",
  "review.work",
  "project.manage",
  "member.manage",
  "key.manage",
]);
const ADMIN: ReadonlySet<Capability> = new Set([...MANAGER].filter((each) => each !== "review.work"));

/** Capabilities of a person in a project. An admin reviews only as a member: separation of duty keeps agreement honest. */
export function personCapabilities(access: Access): ReadonlySet<Capability> {
  const granted = new Set<Capability>(access.isAdmin ? ADMIN : []);
  if (access.role === "MANAGER") for (const each of MANAGER) granted.add(each);
  if (access.role === "REVIEWER") {
    granted.add("review.work");
    if (access.reviewersSeeCharts) granted.add("project.read");
  }
  if (access.role === "VIEWER") {
    granted.add("project.read");
    if (access.viewersSeePayloads) granted.add("payload.read");
  }
  return granted;
}

/** Capabilities of an API key. */
export function keyCapabilities(scopes: readonly string[]): ReadonlySet<Capability> {
  const granted = new Set<Capability>();
  if (scopes.includes("outputs:write")) granted.add("outputs.write");
  if (scopes.includes("truth:write")) granted.add("truth.write");
  if (scopes.includes("read")) granted.add("project.read");
  return granted;
}

/** What a person may do with the installation itself. Keys and jobs have no business there. */
export function instanceCapabilities(actor: {
  kind: string;
  isAdmin?: boolean;
}): ReadonlySet<InstanceCapability> {
  if (actor.kind !== "user") return new Set();
  return new Set(actor.isAdmin ? ["instance.use", "instance.manage"] : ["instance.use"]);
}
