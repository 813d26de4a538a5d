import { addNumber, mergeNumbers, noNumbers, type NumberStats } from "./number-stats";
import type { RecordFacts } from "./record-facts";
import { TYPES } from "./schema";
import { type JsonType, jsonType, keyHash, MAX_DEPTH, MAX_ELEMENTS, shapeSignature } from "./shape";
import { mixHash, textHash } from "./text-hash";
import { addText, mergeTexts, noTexts, type TextStats } from "./text-stats";
import { countValue, mergeValues, noValues, type ValueCounts } from "./value-counts";
import { placeholder } from "./text-signs";

/** What came at one path. `types` counts in the order of TYPES. */
export interface PathProfile {
  types: number[];
  /** Booleans that were true. */
  yes: number;
  /** Numbers; and texts that are numbers. */
  numbers: NumberStats | null;
  texts: TextStats | null;
  lengths: NumberStats | null;
  placeholders: ValueCounts | null;
  /** By key; at most 64, those with the smallest hashes. */
  children: Map<string, PathProfile> | null;
  /** There were more keys than that: the keys are data. */
  manyKeys: boolean;
  elements: PathProfile | null;
}

/** One-pass, mergeable, bounded profile of records. While nothing is cut, order and grouping do not matter. */
export interface Profile {
  records: number;
  paths: number;
  /** More paths than 500: the rest was not looked at. */
  cut: boolean;
  roots: Map<string, PathProfile>;
  shapes: Map<string, ValueCounts>;
}

export const MOST_PATHS = 500;
export const MOST_KEYS = 64;
const MOST_SHAPES = 128;
const BOOLEAN_AT = TYPES.indexOf("boolean");
const NUMBER_AT = TYPES.indexOf("number");
const TEXT_AT = TYPES.indexOf("text");
const ARRAY_AT = TYPES.indexOf("array");
const OBJECT_AT = TYPES.indexOf("object");

export function noProfile(): Profile {
  return { records: 0, paths: 0, cut: false, roots: new Map(), shapes: new Map() };
}

function noPath(): PathProfile {
  return {
    types: [0, 0, 0, 0, 0, 0],
    yes: 0,
    numbers: null,
    texts: null,
    lengths: null,
    placeholders: null,
    children: null,
    manyKeys: false,
    elements: null,
  };
}

/** Adds one record; `key` decides whether its numbers are in samples. */
export function addRecord(
  to: Profile,
  key: string,
  facts: RecordFacts,
  roots: readonly (keyof RecordFacts)[],
): void {
  to.records += 1;
  const seed = textHash(key);
  const walk: Walk = { profile: to, left: MOST_VISITS };
  for (const root of roots) {
    const value = facts[root];
    if (value === undefined) continue;
    const path = childOf(to, to.roots, root);
    if (path) addValue(walk, path, value, { seed: mixHash(seed, keyHash(root)), depth: 0 });
    let shapes = to.shapes.get(root);
    if (!shapes) to.shapes.set(root, (shapes = noValues()));
    countValue(shapes, shapeSignature(value), MOST_SHAPES);
  }
}

/** Of one record so many values are looked at, whatever its arrays hold. */
const MOST_VISITS = 5_000;

interface Walk {
  profile: Profile;
  left: number;
}

interface Place {
  seed: number;
  depth: number;
}

function addValue(walk: Walk, to: PathProfile, value: unknown, place: Place): void {
  if ((walk.left -= 1) < 0) return;
  const type = TYPES.indexOf(jsonType(value));
  to.types[type] = (to.types[type] ?? 0) + 1;
  if (type === TEXT_AT) {
    addText((to.texts ??= noTexts()), value as string, place.seed);
    countPlaceholder(to, value as string);
  } else if (type === NUMBER_AT) {
    addNumber((to.numbers ??= noNumbers()), place.seed, value as number);
    countPlaceholder(to, value as number);
  } else if (type === BOOLEAN_AT) {
    if (value === true) to.yes += 1;
  } else if (type === OBJECT_AT) {
    if (place.depth < MAX_DEPTH) addMembers(walk, to, value as Record<string, unknown>, place);
  } else if (type === ARRAY_AT) {
    addNumber((to.lengths ??= noNumbers()), place.seed, (value as unknown[]).length);
    if (place.depth < MAX_DEPTH) addElements(walk, to, value as unknown[], place);
  }
}

function countPlaceholder(to: PathProfile, value: string | number): void {
  const found = placeholder(value);
  if (found !== null) countValue((to.placeholders ??= noValues()), found, MOST_KEYS);
}

function addMembers(
  walk: Walk,
  to: PathProfile,
  value: Record<string, unknown>,
  { seed, depth }: Place,
): void {
  to.children ??= new Map();
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const child = to.children.get(key) ?? newMember(walk.profile, to, to.children, key);
    if (child) addValue(walk, child, value[key], { seed: mixHash(seed, keyHash(key)), depth: depth + 1 });
  }
}

function addElements(walk: Walk, to: PathProfile, value: unknown[], { seed, depth }: Place): void {
  const end = Math.min(value.length, MAX_ELEMENTS);
  for (let at = 0; at < end; at += 1) {
    if (to.elements === null) {
      if (!hasRoom(walk.profile)) return;
      to.elements = noPath();
    }
    addValue(walk, to.elements, value[at], { seed: mixHash(seed, at), depth: depth + 1 });
  }
}

function hasRoom(profile: Profile): boolean {
  if (profile.paths >= MOST_PATHS) {
    profile.cut = true;
    return false;
  }
  profile.paths += 1;
  return true;
}

function childOf(profile: Profile, children: Map<string, PathProfile>, key: string): PathProfile | undefined {
  const known = children.get(key);
  if (known || !hasRoom(profile)) return known;
  const fresh = noPath();
  children.set(key, fresh);
  return fresh;
}

/** Of more than 64 keys those with the smallest hashes stay; one that is put out never comes back. */
function newMember(
  profile: Profile,
  parent: PathProfile,
  children: Map<string, PathProfile>,
  key: string,
): PathProfile | undefined {
  if (children.size < MOST_KEYS) return childOf(profile, children, key);
  parent.manyKeys = true;
  const [largest] = [...children.keys()].sort(byHash).slice(-1);
  if (largest === undefined || byHash(key, largest) > 0) return undefined;
  profile.paths -= pathCount(children.get(largest));
  children.delete(largest);
  return childOf(profile, children, key);
}

function byHash(left: string, right: string): number {
  return keyHash(left) - keyHash(right) || (left < right ? -1 : 1);
}

function pathCount(path: PathProfile | undefined | null): number {
  if (!path) return 0;
  let count = 1 + pathCount(path.elements);
  for (const child of path.children?.values() ?? []) count += pathCount(child);
  return count;
}

/** Adds one profile to another; `from` is left as it was. */
export function mergeProfile(to: Profile, from: Profile): Profile {
  to.records += from.records;
  to.cut ||= from.cut;
  for (const [root, path] of from.roots) {
    const own = childOf(to, to.roots, root);
    if (own) mergePath(to, own, path);
  }
  for (const [root, shapes] of from.shapes) {
    const own = to.shapes.get(root) ?? noValues();
    to.shapes.set(root, own);
    mergeValues(own, shapes, MOST_SHAPES);
  }
  return to;
}

function mergePath(profile: Profile, to: PathProfile, from: PathProfile): void {
  from.types.forEach((count, at) => (to.types[at] = (to.types[at] ?? 0) + count));
  to.yes += from.yes;
  if (from.numbers) mergeNumbers((to.numbers ??= noNumbers()), from.numbers);
  if (from.lengths) mergeNumbers((to.lengths ??= noNumbers()), from.lengths);
  if (from.texts) mergeTexts((to.texts ??= noTexts()), from.texts);
  if (from.placeholders) mergeValues((to.placeholders ??= noValues()), from.placeholders, MOST_KEYS);
  if (from.children) {
    to.children ??= new Map();
    for (const [key, child] of from.children) {
      const own = to.children.get(key) ?? newMember(profile, to, to.children, key);
      if (own) mergePath(profile, own, child);
    }
  }
  to.manyKeys ||= from.manyKeys;
  if (from.elements && (to.elements !== null || hasRoom(profile))) {
    to.elements ??= noPath();
    mergePath(profile, to.elements, from.elements);
  }
}

/** All members of an object whose keys are data, as one path; `children` of others. */
export function mergedMembers(path: PathProfile): PathProfile {
  const all = noPath();
  const scratch = noProfile();
  for (const child of path.children?.values() ?? []) mergePath(scratch, all, child);
  return all;
}

export const typeCount = (path: PathProfile, type: JsonType): number => path.types[TYPES.indexOf(type)] ?? 0;
export const totalCount = (path: PathProfile): number => path.types.reduce((sum, count) => sum + count, 0);
export const nullCount = (path: PathProfile): number => typeCount(path, "null");
