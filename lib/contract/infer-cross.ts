import { evidence } from "./infer-field";
import type { PathProfile, Profile } from "./profile";
import type { KeyedFacts } from "./record-facts";
import type { Rule } from "./schema";
import { isAbove, type Ordered, orderValue } from "./order-value";
import { mixHash } from "./text-hash";
import { isNothing, pathTo, valueAt } from "./values-at";

/** Fewer records show an order or a group that is there by chance. */
const LEAST_RECORDS = 300;
const MOST_ORDERED = 20;
const MOST_GROUPED = 60;
/** Looked at in one go: more would keep everybody else waiting. */
const MOST_RECORDS = 2_000;
/** Of pairs from different records, so many break the order: else it follows from the ranges and says nothing. */
const BROKEN_BY_CHANCE = 0.05;

/** a ≤ b in every record, and fields that are null together in every record. */
export function inferCross(profile: Profile, records: readonly KeyedFacts[]): Rule[] {
  const looked = records.slice(0, MOST_RECORDS);
  if (looked.length < LEAST_RECORDS) return [];
  const paths = scalarPaths(profile);
  return [...inferOrders(paths, looked), ...inferNullGroups(paths, looked)];
}

/** Paths of single values, not of elements. */
function scalarPaths(profile: Profile): string[] {
  const paths: string[] = [];
  const visit = (path: string, at: PathProfile): void => {
    if (paths.length >= 200 || path.length > 300 || path.split("/").length > 8) return;
    if (at.numbers || at.texts) paths.push(path);
    if (at.manyKeys) return;
    for (const [key, child] of at.children ?? []) if (key !== "") visit(pathTo(path, key), child);
  };
  for (const [root, at] of profile.roots) visit(`/${root}`, at);
  return paths.sort();
}

function columnOf<T>(records: readonly KeyedFacts[], path: string, read: (value: unknown) => T): T[] {
  return records.map(({ facts }) => read(valueAt(facts, path)));
}

function inferOrders(paths: readonly string[], records: readonly KeyedFacts[]): Rule[] {
  const columns = paths
    .map((path) => ({ path, values: columnOf(records, path, orderValue) }))
    .filter(({ values }) => values.filter((value) => value !== null).length >= LEAST_RECORDS)
    .slice(0, MOST_ORDERED);
  const rules: Rule[] = [];
  for (const a of columns) {
    for (const b of columns) {
      if (a === b) continue;
      const { both, broken, equal, chance } = comparePair(a.values, b.values);
      if (broken > 0 || both < LEAST_RECORDS || equal === both || chance < BROKEN_BY_CHANCE * both) continue;
      rules.push({ rule: "order", path: a.path, other: b.path, ...evidence(both, 0) });
    }
  }
  return rules;
}

function comparePair(a: readonly Ordered[], b: readonly Ordered[]) {
  const counts = { both: 0, broken: 0, equal: 0, chance: 0 };
  const shift = Math.max(1, Math.floor(b.length / 3));
  for (let at = 0; at < a.length; at += 1) {
    const [left, right] = [a[at] ?? null, b[at] ?? null];
    const other = b[(at + shift) % b.length] ?? null;
    if (isAbove(left, other)) counts.chance += 1;
    if (!left || !right || left.kind !== right.kind) continue;
    counts.both += 1;
    if (left.value > right.value) {
      counts.broken += 1;
      return counts;
    }
    if (left.value === right.value) counts.equal += 1;
  }
  return counts;
}

/** Fields with one pattern of nulls over all records: by a hash of where they are null. */
function inferNullGroups(paths: readonly string[], records: readonly KeyedFacts[]): Rule[] {
  const groups = new Map<string, string[]>();
  for (const path of paths.slice(0, MOST_GROUPED)) {
    const nothing = columnOf(records, path, isNothing);
    const empty = nothing.filter(Boolean).length;
    if (empty < 0.01 * records.length || empty > 0.99 * records.length) continue;
    let hash = 1;
    nothing.forEach((is, at) => {
      if (is) hash = (hash + mixHash(at, 3)) | 0;
    });
    const name = `${empty} ${hash}`;
    groups.set(name, [...(groups.get(name) ?? []), path]);
  }
  return [...groups.values()].flatMap(([path, ...others]): Rule[] =>
    path === undefined || others.length === 0
      ? []
      : [{ rule: "null_together", path, others: others.slice(0, 31), ...evidence(records.length, 0) }],
  );
}
