"use client";

import { useRouter } from "next/navigation";
import { DecideDialog } from "@/app/(app)/[project]/input/quarantine/decide-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import { type Rule, ruleKey } from "@/lib/contract/schema";
import { type Suggestion, type Suggestions, suggestionsSchema } from "@/lib/contract/suggestion-schema";
import { formatCount, formatDay, formatProbability } from "@/lib/core/format";
import { ruleWords } from "./rule-words";
import { evidenceWords, STANDING_WORDS } from "./suggestion-words";
import { withSuggestion } from "./with-suggestion";

/** What is new and stays, and how the contract would have to change; taking one over changes the rules below, nothing else yet. */
export function SuggestionCard({
  slug,
  suggestions: { suggestions, from, to },
  rules,
  sentences,
  onTake,
}: {
  slug: string;
  suggestions: Suggestions;
  /** As they are in the editor now. */
  rules: readonly Rule[];
  sentences: Readonly<Record<string, string>>;
  onTake: (suggestion: Suggestion) => void;
}) {
  if (suggestions.length === 0 || !from || !to) return null;
  return (
    <Card
      flush
      title="New, and here to stay"
      description={`Seen on 7 days and 30 outputs or more between ${formatDay(from)} and ${formatDay(to)}. What reviewers find no less accurate can become part of the contract.`}
    >
      <ul className="divide-y divide-line border-t border-line">
        {suggestions.map((each) => (
          <li key={each.key} className="flex flex-col gap-1.5 px-4 py-3 text-sm">
            <SuggestionText suggestion={each} sentences={sentences} />
            <div className="flex flex-wrap gap-2">
              {each.standing === "worse" ? null : (
                <Button
                  size="sm"
                  variant={each.standing === "fits" ? "primary" : "secondary"}
                  disabled={isTaken(each, rules)}
                  onClick={() => onTake(each)}
                >
                  {isTaken(each, rules) ? "Taken over below" : "Take over"}
                </Button>
              )}
              <Dismiss slug={slug} suggestion={each} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function SuggestionText({
  suggestion,
  sentences,
}: {
  suggestion: Suggestion;
  sentences: Readonly<Record<string, string>>;
}) {
  const { code, path, value, share, since, records, unflagged, before, after, standing } = suggestion;
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="font-medium text-ink [overflow-wrap:anywhere]">
          {value === null ? (sentences[code] ?? code) : `“${value}” is new`}
        </span>
        <span className="font-mono text-xs [overflow-wrap:anywhere] text-subtle">{path}</span>
        <Badge tone={STANDING_WORDS[standing].tone}>{STANDING_WORDS[standing].label}</Badge>
      </div>
      <p className="text-muted">
        {formatCount(records)} outputs ({formatProbability(share)}), since {formatDay(since)}.{" "}
        {evidenceWords(suggestion)}
      </p>
      <p className="text-xs text-subtle [overflow-wrap:anywhere]">
        {after
          ? `The field then ${ruleWords(after)}`
          : `The field then need not keep this: ${ruleWords(before)}`}
        .{" "}
        {unflagged === 0
          ? "All of them are flagged for something else as well."
          : `${formatProbability(unflagged)} of all outputs are flagged for nothing else, and would not be any more.`}
      </p>
    </>
  );
}

function Dismiss({ slug, suggestion: { key, share } }: { slug: string; suggestion: Suggestion }) {
  const router = useRouter();
  const { show } = useToast();
  return (
    <DecideDialog
      title="Dismiss this suggestion?"
      description="It does not come back unless twice as many outputs have it."
      confirmLabel="Dismiss"
      trigger={
        <Button size="sm" variant="ghost">
          Dismiss
        </Button>
      }
      onConfirm={async (note) => {
        await fetchJson(`/api/v1/projects/${slug}/contract/suggestions/dismiss`, {
          method: "POST",
          body: { key, share, note },
          parse: (value) => suggestionsSchema.parse(value),
        });
        show({ title: "The suggestion is dismissed" });
        router.refresh();
      }}
    />
  );
}

/** The rules below have it already. */
function isTaken(suggestion: Suggestion, rules: readonly Rule[]): boolean {
  const now = rules.find((rule) => ruleKey(rule) === ruleKey(suggestion.before));
  return JSON.stringify(withSuggestion(now, suggestion)) === JSON.stringify(now ?? null);
}
