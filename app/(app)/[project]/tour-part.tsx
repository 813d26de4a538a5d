"use client";

import { usePathname } from "next/navigation";
import { type ComponentType, lazy, Suspense } from "react";

import type { TourStep } from "./tour-steps";

interface TourProps {
  slug: string;
  steps: readonly TourStep[];
}

// The server sends it with the page, so that nothing moves down when its script has come; without the script the page has no tour.
const DemoTour = lazy<ComponentType<TourProps>>(() =>
  import("./demo-tour").then(
    (loaded) => ({ default: loaded.DemoTour }),
    () => ({ default: () => null }),
  ),
);

/** The tour of the simulated project, on the pages that it is on: no other page pays for it. */
export function TourPart({ slug, steps }: TourProps) {
  const pathname = usePathname();
  const isWanted = pathname === `/${slug}` || steps.some(({ href }) => href.split("?")[0] === pathname);
  if (!isWanted) return null;
  return (
    <Suspense>
      <DemoTour slug={slug} steps={steps} />
    </Suspense>
  );
}
