"use client";

import { lazy, Suspense } from "react";

import type { FailureProps } from "./page-failure";

// No page carries what hardly any page ever shows; and where even that cannot be fetched, a sentence is better than nothing.
const PageFailure = lazy(() =>
  import("./page-failure").then(
    ({ PageFailure: loaded }) => ({ default: loaded }),
    () => ({ default: Unreachable }),
  ),
);

/** What stands in the place of a page that could not be shown. */
export function LateFailure(props: FailureProps) {
  return (
    <Suspense>
      <PageFailure {...props} />
    </Suspense>
  );
}

function Unreachable({ retry }: FailureProps) {
  return (
    <p role="alert" className="p-8 text-center text-sm text-muted">
      This page could not be loaded, and the server does not answer.{" "}
      <button type="button" className="font-medium text-accent-ink underline" onClick={retry}>
        Try again
      </button>
    </p>
  );
}
