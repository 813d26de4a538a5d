import { evidence } from "./infer-field";
import type { PathProfile, Profile } from "./profile";
import type { KeyedFacts } from "./record-facts";
import type { Rule } from "./schema";
import { mixHash } from "./text-hash";
import { pathTo, valueAt } from "./values-at";

const LEAST_TEXTS = 100;
/** Amounts are all different in a small pilot by chance; a thousand of them are not. */
const LEAST_NUMBERS = 1_000;
const MOST_RECORDS = 10_000;
const MOST_PATHS = 50;
const LONGEST_CODE = 64;

/**
 * Fields that are new every time: codes and whole numbers, all of them different in the pilot. Sentences are not among them (that one came
 * again is said of the whole record), nor are measures.
 */
export function inferUnique(profile: Profile, records: readonly KeyedFacts[]): Rule[] {
  const looked = records.slice(0, MOST_RECORDS);
  return candidates(profile).flatMap((path): Rule[] => {
    const seen = new Set<number>();
    let [texts, numbers] = [0, 0];
    for (const { facts } of looked) {
      const value = valueAt(facts, path);
      if (value === undefined || value === null) continue;
      const key = uniqueKey(value);
      if (key === null || seen.has(key)) return [];
      seen.add(key);
      if (typeof value === "string") texts += 1;
      else numbers += 1;
    }
    if (texts + numbers < (numbers > 0 ? LEAST_NUMBERS : LEAST_TEXTS)) return [];
    // Against as many as the pilot had, the next one is new unless one of n(n − 1)/2 pairs is the first that is not.
    return [{ rule: "unique", path, ...evidence(seen.size, 0), expected_rate: 2 / (seen.size + 1) }];
  });
}

/** What is remembered of a code or a whole number; null for anything else. */
export function uniqueKey(value: unknown): number | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? hash53(String(value)) : null;
  if (typeof value !== "string" || value.length > LONGEST_CODE || /\s/.test(value) || value === "")
    return null;
  return hash53(value);
}

/** FNV-1a twice in one pass, from two starts: two different values share one in about 2^52 times. */
function hash53(text: string): number {
  let [left, right] = [0x811c9dc5, 0x050c5d1f];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    left = Math.imul(left ^ unit, 0x01000193);
    right = Math.imul(right ^ unit, 0x5bd1e995);
  }
  return mixHash(left, right) * 2 ** 20 + (mixHash(right, left) >>> 12);
}

/** Paths of single values of which none that the profile remembers came twice. */
function candidates(profile: Profile): string[] {
  const paths: string[] = [];
  const visit = (path: string, at: PathProfile): void => {
    if (paths.length >= MOST_PATHS || path.length > 300 || path.split("/").length > 8 || at.manyKeys) return;
    const repeated = [...(at.texts?.values.counts.values() ?? [])].some((count) => count > 1);
    if ((at.texts || at.numbers) && !repeated) paths.push(path);
    for (const [key, child] of at.children ?? []) if (key !== "") visit(pathTo(path, key), child);
  };
  for (const [root, at] of profile.roots) visit(`/${root}`, at);
  return paths.sort();
}
