"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choice";
import { Input } from "@/components/ui/input";
import { MOST_ERROR_TAGS } from "@/lib/review/tag-schema";
import type { FormEvent } from "./form-draft";
import type { TagDraft } from "./tag-draft";

/** What reviewers may say about an output that is wrong. */
export function TagEditor({
  tags,
  severities,
  dispatch,
}: {
  tags: readonly TagDraft[];
  severities: boolean;
  dispatch: (event: FormEvent) => void;
}) {
  return (
    <Card
      title="What can be wrong"
      description="Reviewers may choose any of these for a wrong output, so that you see what to mend first."
      actions={
        tags.length < MOST_ERROR_TAGS ? (
          <Button onClick={() => dispatch({ type: "tag added" })}>
            <Plus aria-hidden="true" />
            Add a kind of error
          </Button>
        ) : null
      }
    >
      <div className="flex flex-col gap-4">
        {tags.length === 0 ? (
          <p className="text-sm text-muted">None: reviewers say only right or wrong.</p>
        ) : (
          <ol className="flex flex-col gap-3 sm:gap-2">
            {tags.map((tag, index) => (
              <TagRow key={tag.id} tag={tag} number={index + 1} dispatch={dispatch} />
            ))}
          </ol>
        )}
        <Checkbox
          label="Ask how bad a wrong output is"
          hint="Minor, major or critical. It is never needed to go on."
          checked={severities}
          onChange={(event) => dispatch({ type: "severities", value: event.currentTarget.checked })}
        />
      </div>
    </Card>
  );
}

function TagRow({
  tag,
  number,
  dispatch,
}: {
  tag: TagDraft;
  number: number;
  dispatch: (event: FormEvent) => void;
}) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]">
      <Input
        value={tag.label}
        maxLength={80}
        aria-label={`Kind of error ${number}`}
        placeholder="Its name"
        onChange={(event) =>
          dispatch({ type: "tag changed", id: tag.id, change: { label: event.currentTarget.value } })
        }
      />
      <Input
        value={tag.hint}
        maxLength={300}
        aria-label={`When to choose kind of error ${number}`}
        placeholder="When to choose it (optional)"
        className="max-sm:col-start-1 max-sm:row-start-2"
        onChange={(event) =>
          dispatch({ type: "tag changed", id: tag.id, change: { hint: event.currentTarget.value } })
        }
      />
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Remove kind of error ${number}`}
        onClick={() => dispatch({ type: "tag removed", id: tag.id })}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </li>
  );
}
