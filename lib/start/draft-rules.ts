import { evidence } from "@/lib/contract/infer-field";
import { type PathProfile, type Profile, totalCount } from "@/lib/contract/profile";
import { type ContractDefinition, type Rule, TYPES } from "@/lib/contract/schema";
import { pathTo } from "@/lib/contract/values-at";

const MOST_DRAFTED = 200;

/**
 * The little that a few records say about how records look: which fields there are, and of which type. Not how long, how large or
 * out of which list: that takes a pilot. Pure.
 */
export function draftRules(profile: Profile): ContractDefinition {
  const rules: Rule[] = [];
  for (const [root, path] of profile.roots) walk(rules, `/${root}`, path, profile.records);
  return { rules: rules.slice(0, MOST_DRAFTED) };
}

function walk(rules: Rule[], path: string, profile: PathProfile, parents: number): void {
  if (path.length > 400 || path.split("/").length > 9) return;
  const came = totalCount(profile);
  const types = TYPES.filter((_, at) => (profile.types[at] ?? 0) > 0);
  if (came === parents) rules.push({ rule: "required", path, ...evidence(parents, 0) });
  if (types.some((type) => type !== "null")) rules.push({ rule: "type", path, types, ...evidence(came, 0) });
  if (!profile.children || profile.manyKeys) return;
  const objects = profile.types[TYPES.indexOf("object")] ?? 0;
  for (const [key, child] of [...profile.children].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (key !== "" && key.length <= 150) walk(rules, pathTo(path, key), child, objects);
}
