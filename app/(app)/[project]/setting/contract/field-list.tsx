"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { type CrossValidation, type Rule, ruleKey } from "@/lib/contract/schema";
import { formatProbability } from "@/lib/core/format";
import { rulesByField } from "./group-rules";
import { RuleRow } from "./rule-row";

/** All rules by field; those that flag most can be looked at alone. */
export function FieldList({
  rules,
  rates,
  onChange,
}: {
  rules: readonly Rule[];
  rates: CrossValidation | null;
  onChange: (key: string, next: Rule | null) => void;
}) {
  const [wanted, setWanted] = useState("");
  const [only, setOnly] = useState("all");
  const flagged = flaggedByPath(rates);
  const fields = rulesByField(rules).filter(
    ({ path, rules: of }) =>
      path.toLowerCase().includes(wanted.trim().toLowerCase()) &&
      (only !== "flagging" || flagged.has(path)) &&
      (only !== "own" || of.some(({ origin }) => origin !== "inferred")),
  );
  return (
    <Card
      title="Rules by field"
      description={`${rules.length} ${rules.length === 1 ? "rule" : "rules"}. Open a field to loosen, lock or remove its rules.`}
      flush
    >
      <div className="flex flex-wrap items-end gap-3 px-4 pb-3">
        <Field label="Find a field" hideLabel className="min-w-40 flex-1">
          <Input
            type="search"
            placeholder="Find a field"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </Field>
        <Segmented
          label="Which fields"
          value={only}
          onChange={setOnly}
          options={[
            { value: "all", label: "All" },
            { value: "flagging", label: "Flagging" },
            { value: "own", label: "Changed by people" },
          ]}
        />
      </div>
      {fields.length === 0 ? (
        <p className="border-t border-line px-4 py-4 text-sm text-muted">No field is like that.</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {fields.map((field) => (
            <li key={field.path}>
              <details className="group">
                <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm hover:bg-hover/60">
                  <ChevronRight
                    aria-hidden="true"
                    className="size-4 shrink-0 text-subtle transition-transform group-open:rotate-90"
                  />
                  <span className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere] text-ink">
                    {field.path}
                  </span>
                  {field.rules.some(({ origin }) => origin === "locked") ? (
                    <Badge tone="accent">Locked</Badge>
                  ) : null}
                  {flagged.has(field.path) ? (
                    <Badge tone="warn">{formatProbability(flagged.get(field.path) ?? 0)} of the pilot</Badge>
                  ) : null}
                  <span className="text-xs text-subtle tabular">
                    {field.rules.length} {field.rules.length === 1 ? "rule" : "rules"}
                  </span>
                </summary>
                <ul className="divide-y divide-line border-t border-line bg-sunken/50 px-4">
                  {field.rules.map((rule) => (
                    <RuleRow
                      key={ruleKey(rule)}
                      rule={rule}
                      onChange={(next) => onChange(ruleKey(rule), next)}
                    />
                  ))}
                </ul>
              </details>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Of the pilot's records, the share that the rules of a field flag: the largest of its reasons. */
function flaggedByPath(rates: CrossValidation | null): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { path, share } of rates?.by_rule ?? [])
    shares.set(path, Math.max(share, shares.get(path) ?? 0));
  return shares;
}
