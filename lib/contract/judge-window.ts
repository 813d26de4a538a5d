import type { ReasonCode } from "@/lib/quarantine/reason";
import { wilsonInterval } from "@/lib/stats/wilson-interval";
import type { CheckedRecord } from "./check-reason";
import { dispositionOf } from "./check-record";
import type { RecordFacts } from "./record-facts";
import type { ContractDefinition, Rule } from "./schema";
import { isEmptyText } from "./text-signs";
import { countValue, noValues, type ValueCounts } from "./value-counts";
import { valueAt } from "./values-at";

type Completeness = Extract<Rule, { rule: "completeness" }>;

interface ReasonCount {
  code: ReasonCode;
  path: string;
  rule: string;
  records: number;
  /** What was observed, where it is short: which values are new. */
  observed: ValueCounts;
}

/** What a contract found in the records of one day or week. */
export interface ContractWindow {
  records: number;
  flagged: number;
  quarantined: number;
  reasons: Map<string, ReasonCount>;
  /** Records with a value, in the order of the contract's completeness rules. */
  filled: number[];
  completeness: readonly Completeness[];
}

/** Said of a window, never of one record. */
export interface WindowFinding {
  code: ReasonCode;
  path: string;
  /** The rule behind a finding that one rule is broken too often. */
  reason: ReasonCode | null;
  share: number;
  /** Share that the pilot leads to expect. */
  expected: number;
  /** The commonest new values, most first. */
  values: string[];
}

/** A window with fewer records says nothing. */
const LEAST_RECORDS = 50;
/** A rule that two in a hundred records break is no finding, however sure it is. */
const LEAST_SHARE = 0.02;
const CONFIDENCE = 0.999;
const MOST_OBSERVED = 64;

export function openWindow({ rules }: ContractDefinition): ContractWindow {
  const completeness = rules.filter((rule): rule is Completeness => rule.rule === "completeness");
  return {
    records: 0,
    flagged: 0,
    quarantined: 0,
    reasons: new Map(),
    filled: completeness.map(() => 0),
    completeness,
  };
}

export function addToWindow(to: ContractWindow, facts: RecordFacts, checked: CheckedRecord): void {
  to.records += 1;
  const disposition = dispositionOf(checked);
  if (disposition === "flagged") to.flagged += 1;
  if (disposition === "quarantined") to.quarantined += 1;
  for (const { code, path, rule, observed } of checked.reasons) {
    const key = `${code} ${path}`;
    let count = to.reasons.get(key);
    if (!count)
      to.reasons.set(key, (count = { code, path, rule: rule ?? "", records: 0, observed: noValues() }));
    count.records += 1;
    if (observed !== null && observed !== undefined) {
      countValue(count.observed, String(observed).slice(0, 60), MOST_OBSERVED);
    }
  }
  to.completeness.forEach((rule, at) => {
    if (isFilled(valueAt(facts, rule.path))) to.filled[at] = (to.filled[at] ?? 0) + 1;
  });
}

function isFilled(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== "string" || !isEmptyText(value);
}

/** What of a window the pilot does not lead to expect: one finding for each rule, however many records break it. */
export function windowFindings(window: ContractWindow, { rules }: ContractDefinition): WindowFinding[] {
  if (window.records < LEAST_RECORDS) return [];
  const findings: WindowFinding[] = [];
  window.completeness.forEach((rule, at) => {
    const filled = window.filled[at] ?? 0;
    const high = wilsonInterval(filled, window.records, CONFIDENCE)?.high ?? 1;
    if (high >= rule.least) return;
    const share = filled / window.records;
    findings.push({
      code: "W_COMPLETENESS_LOW",
      path: rule.path,
      reason: null,
      share,
      expected: rule.least,
      values: [],
    });
  });
  const expected = new Map(rules.map((rule) => [`${rule.rule} ${rule.path}`, rule.expected_rate ?? 0]));
  for (const { code, path, rule, records, observed } of window.reasons.values()) {
    const usual = Math.max(LEAST_SHARE, 2 * (expected.get(`${rule} ${path}`) ?? 0));
    if ((wilsonInterval(records, window.records, CONFIDENCE)?.low ?? 0) <= usual) continue;
    const values = [...observed.counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    findings.push({
      code: windowCode(code),
      path,
      reason: code,
      share: records / window.records,
      expected: expected.get(`${rule} ${path}`) ?? 0,
      values: values.slice(0, 5).map(([value]) => value),
    });
  }
  // Fields that are empty one by one need not be said again as a share.
  const said = new Set(findings.flatMap(({ path, reason }) => (reason?.startsWith("FIELD_") ? [path] : [])));
  const once = findings.filter(({ code, path }) => code !== "W_COMPLETENESS_LOW" || !said.has(path));
  return once.sort((a, b) => (`${a.code} ${a.path}` < `${b.code} ${b.path}` ? -1 : 1));
}

function windowCode(code: ReasonCode): ReasonCode {
  if (code === "VALUE_UNSEEN_CATEGORY" || code === "VALUE_UNSEEN_LABEL") return "W_UNSEEN_RATE";
  return code === "STRUCT_UNSEEN_SHAPE" ? "W_SHAPE_RATE" : "W_REASON_RATE";
}
