"use client";

import "./globals.css";

export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-4">
          <h1 className="text-xl font-semibold">Assay could not show this page</h1>
          <p className="text-sm text-muted">
            Nothing was changed. Try again; if it fails again, tell whoever runs this installation: the
            server's log has the cause{error.digest ? ` under ${error.digest}` : ""}.
          </p>
          <p>
            <button
              type="button"
              onClick={retry}
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
