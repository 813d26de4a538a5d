"use client";

import { X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

import type { TourStep } from "./tour-steps";

/** What happened in the simulated project, in five steps: whole on the overview, in one row on the pages that it leads to. */
export function DemoTour({ slug, steps }: { slug: string; steps: readonly TourStep[] }) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const { show } = useToast();
  const isHome = pathname === `/${slug}`;

  async function putAway() {
    try {
      await fetchJson("/api/v1/session/tour", { method: "PUT", body: { shown: false } });
      router.refresh();
      show({ title: "The tour is put away", description: "The documentation brings it back." });
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
  }

  return (
    <aside
      aria-label="What happened here"
      className="mb-5 rounded-lg border border-line bg-surface px-4 py-3 print:hidden"
    >
      <div className="flex items-start justify-between gap-3">
        <h2 className="text-sm font-semibold text-ink">What happened here</h2>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Put the tour away"
          className="-mt-1 -mr-2"
          onClick={() => void putAway()}
        >
          <X aria-hidden="true" />
        </Button>
      </div>
      <ol className={cn("grid gap-x-4 gap-y-2", isHome ? "lg:grid-cols-5" : "sm:grid-cols-5")}>
        {steps.map(({ href, title, sentence }, index) => {
          const isCurrent = !isHome && leadsHere(href, pathname, search);
          return (
            <li key={href} className={cn("min-w-0", !isHome && !isCurrent && "max-sm:hidden")}>
              <Link
                href={href as Route}
                prefetch={false}
                aria-current={isCurrent ? "step" : undefined}
                className="group flex gap-2 rounded-md text-sm"
              >
                <span
                  aria-hidden="true"
                  className={cn(
                    "grid size-5 shrink-0 place-items-center rounded-full border text-2xs font-medium tabular",
                    isCurrent
                      ? "border-transparent bg-accent text-on-accent"
                      : "border-line-strong text-subtle group-hover:text-ink",
                  )}
                >
                  {index + 1}
                </span>
                <span className="min-w-0">
                  <span
                    className={cn(
                      "block font-medium group-hover:underline",
                      isCurrent ? "text-ink" : "text-accent-ink",
                    )}
                  >
                    {title}
                  </span>
                  {isHome || isCurrent ? (
                    <span className="block text-xs text-muted text-pretty">{sentence}</span>
                  ) : null}
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </aside>
  );
}

/** The page is open with at least what the step's address asks for. */
function leadsHere(href: string, pathname: string, search: URLSearchParams): boolean {
  const [path, query = ""] = href.split("?");
  return (
    path === pathname &&
    [...new URLSearchParams(query)].every(([name, value]) => search.getAll(name).includes(value))
  );
}
