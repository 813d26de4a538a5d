import type { ReactNode } from "react";

import { Brand } from "./brand";

/** A page outside of a project: sign-in, set-up, list of projects, not found. */
export function PlainPage({
  children,
  width = "sm",
  actions,
}: {
  children: ReactNode;
  width?: "sm" | "lg";
  actions?: ReactNode;
}) {
  return (
    <div id="page" className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-4 py-4 sm:px-6">
        <Brand />
        {actions}
      </header>
      <main
        id="content"
        className={
          width === "sm"
            ? "mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 pb-24"
            : "mx-auto w-full max-w-5xl flex-1 px-4 pt-4 pb-16 sm:px-6"
        }
      >
        {children}
      </main>
    </div>
  );
}
