"use client";

import type { ReactNode } from "react";

import { AppShell, type AppShellProps } from "@/components/shell/app-shell";
import { problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

import { signOut } from "@/app/(app)/sign-out";

/** The shell with what it can do in the browser. */
export function ProjectFrame({
  children,
  ...shell
}: Omit<AppShellProps, "onSignOut"> & { children: ReactNode }) {
  const { show } = useToast();
  return (
    <AppShell
      {...shell}
      onSignOut={() => {
        signOut().catch((error: unknown) => show({ title: problemSentence(error), kind: "problem" }));
      }}
    >
      {children}
    </AppShell>
  );
}
