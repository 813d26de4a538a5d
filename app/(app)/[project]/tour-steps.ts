import { formatDay } from "@/lib/core/format";
import type { DemoDays } from "@/lib/demo/demo-days";
import { outputAddress } from "./output/output-address";

export interface TourStep {
  href: string;
  title: string;
  sentence: string;
}

/** The story of the simulated project: each step leads to the page and the days that show it. */
export function tourSteps(slug: string, { release, version, after }: DemoDays): TourStep[] {
  return [
    {
      href: `/${slug}/accuracy?range=all`,
      title: "The pilot went well",
      sentence: "Two weeks, about 95 of 100 documents sorted right. That became the line to compare with.",
    },
    {
      href: `/${slug}/accuracy?range=3m`,
      title: `Version ${version} goes live`,
      sentence: `On ${formatDay(release, { year: false })}. Over all outputs the line sinks a little: easy to overlook, and nothing reports an error.`,
    },
    {
      href: `/${slug}/accuracy?segment=channel%3Dscan`,
      title: "Scanned mail gets much worse",
      sentence: "One channel, most of all from the EU. The model stays as sure of itself as before.",
    },
    {
      href: `/${slug}/incident`,
      title: "The alarm",
      sentence:
        "The incident says since when, in which segment and how sure that is, from the reviews alone.",
    },
    {
      href: outputAddress(slug, {
        from: after.from,
        to: after.to,
        state: "counted",
        verdict: "incorrect",
        segment: ["channel=scan"],
      }),
      title: "What was wrong",
      sentence: "The very outputs behind it, each with what the reviewer answered and what the model said.",
    },
  ];
}
