import { ChevronLeft, ChevronRight } from "lucide-react";

import { LinkButton } from "./button";

/** Links to the page before and after, for lists that are not long. */
export function Paging({
  page,
  pages,
  hrefOf,
}: {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
}) {
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-2">
      {page > 1 ? (
        <LinkButton size="sm" href={hrefOf(Math.min(page - 1, pages))}>
          <ChevronLeft aria-hidden="true" />
          Previous
        </LinkButton>
      ) : (
        <span />
      )}
      <span className="text-xs text-subtle tabular">
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <LinkButton size="sm" href={hrefOf(page + 1)}>
          Next
          <ChevronRight aria-hidden="true" />
        </LinkButton>
      ) : (
        <span />
      )}
    </nav>
  );
}
