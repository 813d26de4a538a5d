import { isAskedLate } from "@/lib/review/rubric";
import type { ReviewItem, UndoneReview } from "@/lib/review/wire-schema";
import { type Draft, draftFromAnswer } from "./answer-draft";
import { NO_REMARK, remarkBefore } from "./remark";
import type { HeldItem } from "./review-state";

/** Whether a field is asked after the output was shown. */
export function isLate({ form }: ReviewItem, key: string): boolean {
  return form.definition.fields.some((field) => field.key === key && isAskedLate(field));
}

/** The scores in a draft: a reveal fixes everything else. */
export function lateDraft(item: ReviewItem, draft: Draft): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([key]) => isLate(item, key)));
}

/** An item as it comes, with nothing entered yet. */
export function freshItem(item: ReviewItem): HeldItem {
  return {
    item,
    draft: draftFromAnswer(item.revealed?.answer ?? null),
    problems: {},
    activeField: 0,
    overrule: null,
    overruleReason: "",
    comment: "",
    ...NO_REMARK,
    lost: false,
    came: item.revealed ? "seen" : "new",
  };
}

/** An item whose decision was taken back, with everything that had been entered. */
export function undoneItem(item: ReviewItem, before: UndoneReview["before"]): HeldItem {
  const overruled = before.overrule_reason !== null && before.verdict !== "CANNOT_JUDGE";
  return {
    ...freshItem(item),
    draft: { ...draftFromAnswer(before.answer), ...draftFromAnswer(item.revealed?.answer ?? null) },
    overrule: overruled ? (before.verdict as HeldItem["overrule"]) : null,
    overruleReason: before.overrule_reason ?? "",
    comment: before.comment ?? "",
    ...remarkBefore(before, item),
    came: "undone",
  };
}
