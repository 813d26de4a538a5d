import { errorTagsOf } from "@/lib/review/error-tag";
import type { ErrorTag } from "@/lib/review/tag-schema";
import { newKey } from "./new-key";

/** An error tag as it stands in the editor. */
export interface TagDraft {
  id: number;
  /** Kept over versions, so that counts of one tag stay comparable; empty for a new one. */
  key: string;
  label: string;
  hint: string;
}

export type TagEvent =
  | { type: "tag changed"; id: number; change: Partial<Pick<TagDraft, "label" | "hint">> }
  | { type: "tag added" }
  | { type: "tag removed"; id: number };

export function tagDrafts(definition: { error_tags?: readonly ErrorTag[] | undefined } | null): TagDraft[] {
  return errorTagsOf(definition ?? {}).map((tag, id) => ({
    id,
    key: tag.key,
    label: tag.label,
    hint: tag.hint ?? "",
  }));
}

export function tagReducer(tags: readonly TagDraft[], event: TagEvent): readonly TagDraft[] {
  switch (event.type) {
    case "tag changed":
      return tags.map((tag) => (tag.id === event.id ? { ...tag, ...event.change } : tag));
    case "tag added":
      return [...tags, { id: Math.max(-1, ...tags.map((tag) => tag.id)) + 1, key: "", label: "", hint: "" }];
    case "tag removed":
      return tags.filter((tag) => tag.id !== event.id);
  }
}

/** The tags that a draft means; lines without a name are left out. */
export function tagsFrom(drafts: readonly TagDraft[]): ErrorTag[] {
  const taken = new Set(drafts.map((tag) => tag.key).filter(Boolean));
  return drafts
    .filter((tag) => tag.label.trim() !== "")
    .map((tag) => ({
      key: tag.key || newKey(tag.label, taken),
      label: tag.label.trim(),
      ...(tag.hint.trim() === "" ? {} : { hint: tag.hint.trim() }),
    }));
}
