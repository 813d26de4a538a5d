"use client";

import { Lock, LockOpen, Pencil, Trash2 } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Rule } from "@/lib/contract/schema";
import { RuleDialog } from "./rule-dialog";
import { ruleWords, supportWords } from "./rule-words";

/** These have a number or a list that a person can set. */
const EDITABLE = new Set(["range", "length", "values", "labels", "completeness"]);
/** Said of a week, or only counted: there is nothing to hold back. */
const NEVER_HOLDS = new Set(["completeness", "known_fields"]);

/** One rule with what it rests on; loosen it, lock it or take it away. */
export function RuleRow({ rule, onChange }: { rule: Rule; onChange: (next: Rule | null) => void }) {
  const locked = rule.origin === "locked";
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm text-ink [overflow-wrap:anywhere]">
          {ruleWords(rule)} {locked ? <Badge tone="accent">Locked</Badge> : null}
          {rule.origin === "edited" ? <Badge>Edited</Badge> : null}
        </p>
        <p className="text-xs text-subtle">{supportWords(rule)}</p>
      </div>
      <div className="-my-0.5 flex shrink-0">
        {EDITABLE.has(rule.rule) ? (
          <RuleDialog
            rule={rule}
            onChange={onChange}
            trigger={
              <Button variant="ghost" size="icon" aria-label={`Change: ${ruleWords(rule)}`} title="Change">
                <Pencil aria-hidden="true" />
              </Button>
            }
          />
        ) : null}
        {NEVER_HOLDS.has(rule.rule) ? null : (
          <Button
            variant="ghost"
            size="icon"
            aria-pressed={locked}
            aria-label={`${locked ? "Unlock" : "Lock"}: ${ruleWords(rule)}`}
            title={
              locked
                ? "Unlock: records that break it are flagged"
                : "Lock: records that break it are held back"
            }
            onClick={() => onChange({ ...rule, origin: locked ? "edited" : "locked" })}
          >
            {locked ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />}
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Remove: ${ruleWords(rule)}`}
          title="Remove"
          onClick={() => onChange(null)}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
    </li>
  );
}
