import { addReason, type CheckedRecord, shownValue } from "./check-reason";
import type { ContractInForce } from "./contract-in-force";
import { uniqueKey } from "./infer-unique";
import type { RecordFacts } from "./record-facts";
import { textHash } from "./text-hash";
import { valueAt } from "./values-at";

/** Values that are remembered of one field: as many as the pilot had, so that the rule holds as it did there. */
const MOST_REMEMBERED = 2_000;
const MOST_PROJECTS = 1_000;

export interface RecentValues {
  /** Adds a reason where a value came before under another id, and remembers it. */
  see(
    projectId: string,
    inForce: ContractInForce,
    judged: { id: string; facts: RecordFacts; checked: CheckedRecord },
  ): void;
}

interface Remembered {
  version: number;
  /** By path; of each value, the newest id that had it, oldest value first. */
  fields: Map<string, Map<number, number>>;
}

/**
 * What one server remembers of fields that are new every time: some kilobytes a field. Another server remembers what it saw itself, and
 * a new one nothing yet: a value that came again may be missed, and none is flagged that did not. A record that is sent again is itself.
 */
export function recentValues(): RecentValues {
  const projects = new Map<string, Remembered>();
  return {
    see(projectId, { version, contract }, { id, facts, checked }) {
      if (contract.uniques.length === 0) return;
      let known = projects.get(projectId);
      if (known?.version !== version) {
        if (projects.size >= MOST_PROJECTS) projects.clear();
        projects.set(projectId, (known = { version, fields: new Map() }));
      }
      const owner = textHash(id);
      for (const rule of contract.uniques) {
        const value = valueAt(facts, rule.path);
        const key = uniqueKey(value);
        if (key === null) continue;
        let seen = known.fields.get(rule.path);
        if (!seen) known.fields.set(rule.path, (seen = new Map()));
        const before = seen.get(key);
        seen.delete(key);
        seen.set(key, owner);
        if (seen.size > Math.min(MOST_REMEMBERED, Math.max(1, rule.support || MOST_REMEMBERED)))
          for (const oldest of seen.keys()) {
            seen.delete(oldest);
            break;
          }
        if (before === undefined || before === owner) continue;
        const effect = rule.origin === "locked" ? { effect: "Q" as const } : {};
        addReason(checked, "VALUE_REPEATED", rule, {
          observed: shownValue(value),
          expected: "a value that no other record of late had",
          ...effect,
        });
      }
    },
  };
}
