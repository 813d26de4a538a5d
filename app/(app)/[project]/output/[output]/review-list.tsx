import { VerdictBadge } from "@/components/table/output-state";
import { Badge } from "@/components/ui/badge";
import { DescriptionList } from "@/components/ui/card";
import { formatDuration, formatInstant } from "@/lib/core/format";
import type { OutputReview } from "@/lib/output/schema";

const LOOKS = ["First look", "Second look", "Deciding look"];
const RESULTS: Readonly<Record<string, string>> = {
  match: "same",
  mismatch: "different",
  missing: "missing in the output",
  extra: "only in the output",
};

/** What each reviewer decided, newest last; what was taken back stays visible. */
export function ReviewList({ reviews, timeZone }: { reviews: readonly OutputReview[]; timeZone: string }) {
  return (
    <ol className="divide-y divide-line">
      {reviews.map((review) => (
        <li key={review.id} className="px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="text-sm font-medium text-ink">{review.reviewer}</span>
            <Outcome review={review} />
            <span className="text-xs text-subtle tabular">
              {formatInstant(review.submitted_at, timeZone)}
            </span>
          </div>
          <p className="mt-0.5 text-xs text-subtle">{circumstances(review)}</p>
          <ReviewFacts review={review} />
        </li>
      ))}
    </ol>
  );
}

function Outcome({ review }: { review: OutputReview }) {
  if (review.outcome === "skipped") return <Badge>Handed on</Badge>;
  if (review.outcome === "undone") return <Badge tone="outline">Taken back</Badge>;
  return review.verdict ? <VerdictBadge verdict={review.verdict} /> : <VerdictBadge verdict="cannot_judge" />;
}

function circumstances(review: OutputReview): string {
  return [
    LOOKS[review.look - 1] ?? `Look ${review.look}`,
    review.revision > 1 ? `version ${review.revision} of the decision` : null,
    review.active_seconds === null ? null : formatDuration(review.active_seconds),
    review.primary ? null : "an extra opinion: somebody else had taken over the item",
  ]
    .filter(Boolean)
    .join(" · ");
}

function ReviewFacts({ review }: { review: OutputReview }) {
  const overruled = review.computed_verdict && review.verdict && review.computed_verdict !== review.verdict;
  const answers = answerEntries(review);
  const items = [
    ...answers,
    ...(overruled
      ? [
          {
            term: "Overruled",
            detail: `computed as ${review.computed_verdict?.replace("_", " ")}${review.overrule_reason ? `: ${review.overrule_reason}` : ""}`,
          },
        ]
      : []),
    ...(review.reason ? [{ term: "Reason", detail: review.reason }] : []),
    ...(review.severity ? [{ term: "How bad", detail: review.severity }] : []),
    ...(review.error_tags.length > 0
      ? [{ term: "What is wrong", detail: review.error_tags.map(tagWords).join(", ") }]
      : []),
    ...correctionEntries(review),
    ...(review.comment ? [{ term: "Comment", detail: review.comment }] : []),
  ];
  return items.length > 0 ? (
    <div className="mt-2">
      <DescriptionList items={items} />
    </div>
  ) : null;
}

/** The answer field by field, each with how it compares with the output. */
function answerEntries(review: OutputReview): { term: string; detail: string }[] {
  const results = new Map(
    review.field_results?.map(({ field, result }) => [field, RESULTS[result] ?? result]),
  );
  const answer = typeof review.answer === "object" && review.answer !== null ? review.answer : {};
  const fields = [...new Set([...Object.keys(answer), ...results.keys()])];
  return fields.map((field) => {
    const value = (answer as Record<string, unknown>)[field];
    const said =
      value === undefined
        ? ""
        : value === null
          ? "there is none"
          : typeof value === "string"
            ? value
            : Array.isArray(value)
              ? value.join(", ")
              : JSON.stringify(value);
    return { term: field, detail: [said, results.get(field)].filter(Boolean).join(" · ") };
  });
}

/** A key as words: the form's labels belong to its version, and the key says the same. */
function tagWords(key: string): string {
  return key.replaceAll("_", " ");
}

function correctionEntries({ correction }: OutputReview): { term: string; detail: string }[] {
  if (typeof correction !== "object" || correction === null) return [];
  return Object.entries(correction).map(([field, value]: [string, unknown]) => ({
    term: `${field} should have been`,
    detail: value === null ? "none" : typeof value === "string" ? value : JSON.stringify(value),
  }));
}
