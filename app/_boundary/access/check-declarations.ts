import type { RoutePolicy } from "@/app/_boundary/policy";
import { keyCapabilities, personCapabilities } from "@/lib/project/permission";
import type { Entry } from "./surface";
import { GROUPS, type Group, nameOf, type Principal } from "./who-may";

const VALID_PERSONS: Partial<
  Record<Principal, { isAdmin: boolean; role: "MANAGER" | "REVIEWER" | "VIEWER" | null }>
> = {
  viewer: { isAdmin: false, role: "VIEWER" },
  reviewer: { isAdmin: false, role: "REVIEWER" },
  manager: { isAdmin: false, role: "MANAGER" },
  adminMember: { isAdmin: true, role: "MANAGER" },
  admin: { isAdmin: true, role: null },
};
const KEYS: Partial<Record<Principal, string>> = {
  keyOutputs: "outputs:write",
  keyTruth: "truth:write",
  keyRead: "read",
};

/** What is undeclared, declared twice differently, or declared and gone; one sentence each. */
export function checkDeclarations(
  entries: readonly Entry[],
  whoMay: Readonly<Record<string, Group>>,
): string[] {
  const complaints = entries.flatMap((entry) => checkEntry(entry, whoMay[nameOf(entry)]));
  const served = new Set(entries.map(nameOf));
  for (const name of Object.keys(whoMay))
    if (!served.has(name))
      complaints.push(`${name} is in the table of who may what, but nothing answers there`);
  return complaints;
}

function checkEntry(entry: Entry, group: Group | undefined): string[] {
  const name = nameOf(entry);
  if (!group) return [`${name} is not in the table of who may what (app/_boundary/access/who-may.ts)`];
  if (entry.kind === "door") return [];
  if (entry.kind === "page") {
    if (!entry.gate)
      return [
        `${entry.file} does not begin with exactly one literal pageContext, instanceContext or publicPage`,
      ];
    return compare(name, group, principalsOfGate(entry.gate));
  }
  const { declaration } = entry;
  if (!declaration) return [`${name} was not made by defineRoute`];
  const complaints = compare(name, group, principalsOfPolicy(declaration.policy));
  if (entry.method !== "GET" && declaration.audit === null)
    complaints.push(`${name} changes something and names no audit action`);
  if ("capability" in declaration.policy && !entry.path.includes("[project]"))
    complaints.push(`${name} asks for a capability but has no project in its path`);
  return complaints;
}

function compare(name: string, group: Group, declared: readonly Principal[]): string[] {
  const wanted: readonly Principal[] = GROUPS[group];
  const tooMany = declared.filter((each) => !wanted.includes(each));
  const tooFew = wanted.filter((each) => !declared.includes(each));
  return [
    ...(tooMany.length > 0 ? [`${name} lets in ${tooMany.join(", ")}; the table says ${group}`] : []),
    ...(tooFew.length > 0 ? [`${name} keeps out ${tooFew.join(", ")}; the table says ${group}`] : []),
  ];
}

function principalsOfGate(gate: string): readonly Principal[] {
  const [kind, capability = ""] = gate.split(" ");
  if (kind === "publicPage") return GROUPS.everybody;
  if (kind === "instanceContext") return capability === "instance.manage" ? GROUPS.admins : GROUPS.people;
  return peopleWith(capability);
}

function principalsOfPolicy(policy: RoutePolicy): readonly Principal[] {
  if ("public" in policy) return GROUPS.everybody;
  if ("instance" in policy) return policy.instance === "instance.manage" ? GROUPS.admins : GROUPS.people;
  const keys = policy.keys
    ? (Object.keys(KEYS) as Principal[]).filter((each) =>
        keyCapabilities([KEYS[each] ?? ""]).has(policy.capability),
      )
    : [];
  return [...peopleWith(policy.capability), ...keys];
}

function peopleWith(capability: string): Principal[] {
  const settings = { reviewersSeeCharts: false, viewersSeePayloads: false };
  return (Object.keys(VALID_PERSONS) as Principal[]).filter((each) => {
    const person = VALID_PERSONS[each];
    return person && (personCapabilities({ ...person, ...settings }) as ReadonlySet<string>).has(capability);
  });
}
