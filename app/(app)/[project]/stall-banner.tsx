"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";

import { Banner } from "@/components/ui/banner";
import { fetchJson } from "@/components/ui/fetch-json";
import { formatDuration, formatInstant } from "@/lib/core/format";
import type { Freshness, StallRow } from "@/lib/freshness/schema";

/**
 * Over every page of a project while background work stands still: what is shown is of then. Asks anew when somebody goes to another
 * page or comes back to this one; the frame itself is not rendered again by that.
 */
export function StallBanner({
  slug,
  timeZone,
  stalls: first,
  asOf,
}: {
  slug: string;
  timeZone: string;
  stalls: readonly StallRow[];
  asOf: string;
}) {
  const path = usePathname();
  const shownOn = useRef(path);
  const [{ stalls, as_of }, setFreshness] = useState<
    Pick<Freshness, "as_of"> & { stalls: readonly StallRow[] }
  >({
    stalls: first,
    as_of: asOf,
  });
  useEffect(() => {
    const asking = new AbortController();
    const ask = () => {
      fetchJson<Freshness>(`/api/v1/projects/${slug}/freshness`, { signal: asking.signal })
        .then(setFreshness)
        // Without a connection the page says so itself; what was known last stays.
        .catch(() => undefined);
    };
    const askWhenSeen = () => {
      if (document.visibilityState === "visible") ask();
    };
    if (shownOn.current !== path) ask();
    shownOn.current = path;
    document.addEventListener("visibilitychange", askWhenSeen);
    return () => {
      asking.abort();
      document.removeEventListener("visibilitychange", askWhenSeen);
    };
  }, [slug, path]);
  const [worst, ...others] = stalls;
  if (!worst) return null;
  const age = formatDuration((Date.parse(as_of) - Date.parse(worst.since)) / 1_000);
  return (
    <Banner tone={worst.minor ? "warn" : "alarm"} title={worst.sentence} className="mb-4">
      <p>
        {worst.minor ? "It has been so since" : "What you see is the state of"}{" "}
        <time dateTime={worst.since}>{formatInstant(worst.since, timeZone)}</time>, {age} ago
        {worst.everywhere ? ", in all projects" : ""}. Outputs and reviews are still taken, and nothing is
        lost. Tell whoever runs this installation.
      </p>
      {others.length > 0 ? (
        <ul className="mt-1 list-disc pl-4">
          {others.map(({ subject, sentence }) => (
            <li key={subject}>{sentence}</li>
          ))}
        </ul>
      ) : null}
    </Banner>
  );
}
