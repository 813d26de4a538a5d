"use client";

import { PlainPage } from "@/components/shell/plain-page";
import { Button, LinkButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <PlainPage>
      <ErrorState
        heading="h1"
        title="This page failed"
        requestId={error.digest}
        actions={
          <>
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
            <LinkButton href="/projects">All projects</LinkButton>
          </>
        }
      >
        Nothing was changed. The server's log has the cause under the reference below.
      </ErrorState>
    </PlainPage>
  );
}
