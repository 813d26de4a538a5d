import { wilsonInterval } from "@/lib/stats/wilson-interval";
import { inferCross } from "./infer-cross";
import { inferUnique } from "./infer-unique";
import { evidence, inferField, LEAST_SUPPORT } from "./infer-field";
import { addRecord, mergedMembers, noProfile, type PathProfile, type Profile, typeCount } from "./profile";
import { INFERRED_ROOTS, type KeyedFacts } from "./record-facts";
import { type ContractDefinition, MOST_RULES, type Rule } from "./schema";
import { unseenMass } from "./value-counts";
import { pathTo } from "./values-at";

/** Fewer pilot outputs say too little for any rule. */
export const LEAST_PILOT = LEAST_SUPPORT;
const CLOSED_MASS = 0.01;
const MOST_FIELDS = 500;

/** The profile of records, one pass. */
export function profileOf(records: Iterable<KeyedFacts>): Profile {
  const profile = noProfile();
  for (const { key, facts } of records) addRecord(profile, key, facts, INFERRED_ROOTS);
  return profile;
}

/** Rules that the pilot supports; from fewer than 30 records there are none. Pure. */
export function inferContract(profile: Profile, records: readonly KeyedFacts[]): ContractDefinition {
  const rules: Rule[] = [];
  for (const [root, path] of profile.roots) {
    walk(rules, `/${root}`, path, { parents: profile.records, repeated: false });
    const shapes = profile.shapes.get(root);
    const mass = shapes ? unseenMass(shapes, profile.records) : 1;
    if (shapes && mass <= CLOSED_MASS && profile.records >= LEAST_SUPPORT) {
      rules.push({
        rule: "shape",
        path: `/${root}`,
        shapes: [...shapes.counts.keys()].sort(),
        ...evidence(profile.records, 0),
        expected_rate: mass,
      });
    }
  }
  if (profile.records >= LEAST_SUPPORT) {
    rules.push(
      ...inferCompletenessOfTruth(records),
      ...inferCross(profile, records),
      ...inferUnique(profile, records),
    );
  }
  return { rules: rules.slice(0, MOST_RULES) };
}

interface Around {
  parents: number;
  repeated: boolean;
}

function walk(rules: Rule[], path: string, profile: PathProfile, around: Around): void {
  if (path.length > 400 || path.split("/").length > 9) return;
  rules.push(...inferField({ path, profile, ...around }));
  const objects = typeCount(profile, "object");
  if (profile.children && objects > 0) {
    if (profile.manyKeys) walk(rules, `${path}/*`, mergedMembers(profile), { parents: 0, repeated: true });
    else walkMembers(rules, path, profile.children, { parents: objects, repeated: around.repeated });
  }
  if (profile.elements) walk(rules, `${path}/*`, profile.elements, { parents: 0, repeated: true });
}

function walkMembers(
  rules: Rule[],
  path: string,
  children: ReadonlyMap<string, PathProfile>,
  around: Around,
): void {
  const named = [...children]
    .filter(([key]) => key !== "" && key.length <= 150)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = named.map(([key]) => key);
  if (around.parents >= LEAST_SUPPORT && fields.length > 0 && fields.length === children.size) {
    rules.push({
      rule: "known_fields",
      path,
      fields: fields.slice(0, MOST_FIELDS),
      ...evidence(around.parents, 0),
    });
  }
  for (const [key, child] of named) walk(rules, pathTo(path, key), child, around);
}

/** Where truths come with outputs, that they stop coming is worth knowing; what they say is none of a contract's business. */
function inferCompletenessOfTruth(records: readonly KeyedFacts[]): Rule[] {
  const known = records.filter(
    ({ facts }) => facts.ground_truth !== undefined && facts.ground_truth !== null,
  );
  const n = records.length;
  if (known.length < 0.95 * n || n < 100) return [];
  const least = wilsonInterval(known.length, n)?.low ?? 0;
  const shared = evidence(n, n - known.length);
  return [{ rule: "completeness", path: "/ground_truth", least, ...shared, expected_rate: null }];
}
