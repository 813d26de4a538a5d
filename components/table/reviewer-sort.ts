export const REVIEWER_SORTS = [
  "name",
  "judged",
  "pace",
  "left",
  "found",
  "accepted",
  "others",
  "self",
] as const;

export interface ReviewerSort {
  by: (typeof REVIEWER_SORTS)[number];
  descending: boolean;
}
