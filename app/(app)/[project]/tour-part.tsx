"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";

import { useLoaded } from "@/components/ui/use-loaded";

import type { TourStep } from "./tour-steps";

const loadTour = () => import("./demo-tour").then((loaded) => loaded.DemoTour);

/** The tour of the simulated project, fetched on the pages that it is on: no other page pays for it. */
export function TourPart({ slug, steps }: { slug: string; steps: readonly TourStep[] }) {
  const pathname = usePathname();
  const [Tour, fetchTour] = useLoaded(loadTour);
  const isWanted = pathname === `/${slug}` || steps.some(({ href }) => href.split("?")[0] === pathname);
  useEffect(() => {
    if (isWanted) void fetchTour();
  }, [isWanted, fetchTour]);
  return isWanted && Tour ? <Tour slug={slug} steps={steps} /> : null;
}
