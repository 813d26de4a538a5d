"use client";

import "./globals.css";

export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-4">
          <h1 className="text-xl font-semibold">Assay could not show this page</h1>
          <p className="text-sm text-muted">
            Nothing was changed. The server's log has the cause{error.digest ? ` under ${error.digest}` : ""}.
          </p>
          <p>
            <button
              type="button"
              onClick={reset}
              className="h-8 rounded-md bg-accent px-3 text-sm font-medium text-on-accent"
            >
              Try again
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
