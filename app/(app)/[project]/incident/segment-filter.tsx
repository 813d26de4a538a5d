"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";

import { Select } from "@/components/ui/input";
import type { IncidentQuery } from "@/lib/incident/schema";
import { segmentSentence } from "@/lib/incident/segment-part";

import { incidentAddress } from "./incident-address";

/** Chooses the segment whose incidents are listed. */
export function SegmentFilter({
  slug,
  query,
  segments,
}: {
  slug: string;
  query: IncidentQuery;
  segments: readonly { attribute: string; value: string }[];
}) {
  const router = useRouter();
  const current = segments.findIndex(
    (each) => each.attribute === query.attribute && each.value === (query.value ?? ""),
  );
  return (
    <Select
      aria-label="Segment"
      className="w-full sm:w-64"
      value={String(current)}
      options={[
        { value: "-1", label: "Every segment" },
        ...segments.map((segment, index) => ({ value: String(index), label: segmentSentence(segment) })),
      ]}
      onChange={(event) => {
        const { standing } = query;
        const chosen = segments[Number(event.target.value)];
        router.push(incidentAddress(slug, { standing, ...chosen }) as Route, { scroll: false });
      }}
    />
  );
}
