"use client";

import { lazy, Suspense, useEffect, useState } from "react";

import type { Layer } from "@/components/shell/command-center";
import type { ShellProject } from "@/components/shell/project-switcher";
import { UserMenu } from "@/components/shell/user-menu";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

import { signOut } from "./sign-out";

// Fetched beside the page, as in a project.
const CommandCenter = lazy(async () => ({
  default: (await import("@/components/shell/command-center")).CommandCenter,
}));
const SearchButton = lazy(async () => ({
  default: (await import("@/components/shell/search-button")).SearchButton,
}));

/** Search and the account menu of pages outside of a project. */
export function HouseBar({ userId, name, isAdmin }: { userId: string; name: string; isAdmin: boolean }) {
  const { show } = useToast();
  const [layer, setLayer] = useState<Layer>(null);
  const projects = useProjects(layer === "palette");
  const leave = () => {
    signOut().catch((error: unknown) => show({ title: problemSentence(error), kind: "problem" }));
  };
  return (
    <div className="flex items-center gap-1 print:hidden">
      <Suspense fallback={<span className="size-10" />}>
        <SearchButton compact onSearch={() => setLayer("palette")} />
      </Suspense>
      <UserMenu compact user={{ name }} onSignOut={leave} />
      <Suspense>
        <CommandCenter
          owner={userId}
          facts={{ slug: null, items: [], settings: [], projects, isAdmin }}
          current={undefined}
          layer={layer}
          onLayer={setLayer}
          onSignOut={leave}
        />
      </Suspense>
    </div>
  );
}

/** The projects to go to, asked for once somebody searches; the rest of the search does not wait for them. */
function useProjects(wanted: boolean): readonly ShellProject[] {
  const [projects, setProjects] = useState<readonly ShellProject[]>([]);
  useEffect(() => {
    if (!wanted) return undefined;
    const stop = new AbortController();
    fetchJson<{ projects: { slug: string; name: string; is_demo: boolean }[] }>("/api/v1/projects", {
      signal: stop.signal,
    }).then(
      (answer) =>
        setProjects(answer.projects.map(({ slug, name, is_demo: isDemo }) => ({ slug, name, isDemo }))),
      // Without an answer the list of all projects is still one of the pages.
      () => {},
    );
    return () => stop.abort();
  }, [wanted]);
  return projects;
}
