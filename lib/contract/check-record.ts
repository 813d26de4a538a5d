import {
  addReason,
  type CheckedRecord,
  type CheckReason,
  type Effect,
  shownList,
  shownValue,
} from "./check-reason";
import { checkLength, checkListed, checkNumber, checkText, checkType } from "./check-value";
import type { CompiledContract, PathRules } from "./compile-contract";
import { isAbove, orderValue } from "./order-value";
import type { RecordFacts } from "./record-facts";
import { MAX_ELEMENTS, shapeSignature } from "./shape";
import { isNothing, valueAt } from "./values-at";

/** Of one record so many values are looked at, whatever its arrays hold. */
const MOST_VISITS = 5_000;
/** So many missing fields are one finding, if no person insists on each. */
const FOLDED_FROM = 3;

/**
 * All that is wrong with one record by a contract: at most 32 reasons and how many there are. Pure; never throws, whatever JSON it
 * gets; its time is bounded by the size of the record.
 */
export function checkRecord(contract: CompiledContract, facts: RecordFacts): CheckedRecord {
  const found: CheckedRecord = { reasons: [], total: 0 };
  const walk = { found, left: MOST_VISITS };
  for (const [root, rules] of contract.root.children) {
    // Before inference there is no output yet, and nothing is said about it.
    if (root !== "output" || "output" in facts) visit(walk, rules, facts[root as keyof RecordFacts]);
  }
  for (const rule of contract.orders) {
    const [a, b] = [orderValue(valueAt(facts, rule.path)), orderValue(valueAt(facts, rule.other))];
    // What is wrong with one of them alone has been said.
    if (!isAbove(a, b) || hasReason(found, [rule.path, rule.other])) continue;
    const observed = `${shownValue(valueAt(facts, rule.path))} > ${shownValue(valueAt(facts, rule.other))}`;
    addReason(found, "CROSS_ORDER", rule, { observed, expected: `at most ${rule.other}`, ...locked(rule) });
  }
  if ("output" in facts) for (const rule of contract.nullGroups) checkNullGroup(found, rule, facts);
  checkShapes(found, contract, facts);
  return found;
}

/** What becomes of a record: held back, accepted and flagged, or accepted. */
export function dispositionOf({ reasons }: CheckedRecord): "quarantined" | "flagged" | "accepted" {
  if (reasons.some(({ effect }) => effect === "Q")) return "quarantined";
  return reasons.some(({ effect }) => effect === "F") ? "flagged" : "accepted";
}

function hasReason({ reasons }: CheckedRecord, paths: readonly string[]): boolean {
  return reasons.some(({ path, effect }) => effect !== "A" && paths.includes(path));
}

const locked = (rule: { origin: string }): { effect?: Effect } =>
  rule.origin === "locked" ? { effect: "Q" } : {};

interface Walk {
  found: CheckedRecord;
  left: number;
}

function visit(walk: Walk, rules: PathRules, value: unknown): void {
  if ((walk.left -= 1) < 0) return;
  const { found } = walk;
  if (value === undefined) {
    if (rules.required) {
      const expected = rules.type ? rules.type.types.join(" or ") : "a value";
      addReason(found, "FIELD_MISSING_REQUIRED", rules.required, {
        observed: null,
        expected,
        ...locked(rules.required),
      });
    }
    return;
  }
  if (value === null) {
    if (rules.not_null) {
      const expected = rules.type ? rules.type.types.join(" or ") : "a value";
      addReason(found, "FIELD_NULL_REQUIRED", rules.not_null, {
        observed: null,
        expected,
        ...locked(rules.not_null),
      });
    }
    return;
  }
  if (!checkType(found, rules, value)) return;
  if (typeof value === "string") checkText(found, rules, value);
  else if (typeof value === "number") checkNumber(found, rules, value);
  else if (typeof value === "boolean") checkListed(found, rules, String(value));
  else if (Array.isArray(value)) visitElements(walk, rules, value);
  else visitMembers(walk, rules, value as Record<string, unknown>);
}

function visitElements(walk: Walk, rules: PathRules, value: readonly unknown[]): void {
  checkLength(walk.found, rules, value.length);
  if (!rules.every) return;
  const end = Math.min(value.length, MAX_ELEMENTS);
  // An element that is there is never missing.
  for (let at = 0; at < end; at += 1) visit(walk, rules.every, value[at] ?? null);
}

function visitMembers(walk: Walk, rules: PathRules, value: Record<string, unknown>): void {
  for (const [key, child] of rules.children) {
    visit(walk, child, Object.hasOwn(value, key) ? value[key] : undefined);
  }
  const { every, known_fields: known } = rules;
  if (!every && !known) return;
  for (const key in value) {
    if (walk.left < 0) return;
    if (!Object.hasOwn(value, key)) continue;
    if (every && !rules.children.has(key)) visit(walk, every, value[key]);
    if (known && !known.set.has(key)) {
      walk.left -= 1;
      const expected = "a field that the contract knows";
      addReason(walk.found, "FIELD_UNEXPECTED", known, {
        observed: shownValue(key),
        expected,
        ...(known.origin === "locked" ? { effect: "F" as const } : {}),
      });
    }
  }
}

type NullGroup = CompiledContract["nullGroups"][number];

function checkNullGroup(found: CheckedRecord, rule: NullGroup, facts: RecordFacts): void {
  const paths = [rule.path, ...rule.others];
  const empty = paths.filter((path) => isNothing(valueAt(facts, path)));
  if (empty.length === 0 || empty.length === paths.length) return;
  addReason(found, "CROSS_NULL_GROUP", rule, {
    observed: `empty: ${shownList(empty)}`,
    expected: `${shownList(paths)} are empty together`,
    ...locked(rule),
  });
}

/** One shape that never came is one reason, not one for each field that is gone; a shape that other reasons explain is none. */
function checkShapes(found: CheckedRecord, contract: CompiledContract, facts: RecordFacts): void {
  for (const [root, { shape }] of contract.root.children) {
    const value = facts[root as keyof RecordFacts];
    if (!shape || value === undefined || shape.set.has(shapeSignature(value))) continue;
    const prefix = `/${root}`;
    const gone = found.reasons.filter((reason) => isGone(reason, prefix));
    const others = found.reasons.some(
      (reason) => !gone.includes(reason) && reason.path.startsWith(prefix) && explainsShape(reason),
    );
    if (gone.length >= FOLDED_FROM) {
      found.reasons = found.reasons.filter((reason) => !gone.includes(reason));
      found.total -= gone.length;
    } else if (gone.length > 0 || others) {
      continue;
    }
    const names = gone.map(({ path }) => path.slice(prefix.length + 1));
    const observed = names.length > 0 ? `without ${shownList(names)}` : null;
    addReason(found, "STRUCT_UNSEEN_SHAPE", shape, {
      observed,
      expected: "a form that came in the pilot",
      ...locked(shape),
    });
  }
}

function isGone({ code, path, effect }: CheckReason, prefix: string): boolean {
  const missing = code === "FIELD_MISSING_REQUIRED" || code === "FIELD_NULL_REQUIRED";
  return missing && effect === "F" && path.startsWith(`${prefix}/`);
}

function explainsShape({ code }: CheckReason): boolean {
  return (
    code.startsWith("TYPE_") ||
    code === "FIELD_MISSING_REQUIRED" ||
    code === "FIELD_UNEXPECTED" ||
    code === "CROSS_NULL_GROUP"
  );
}
