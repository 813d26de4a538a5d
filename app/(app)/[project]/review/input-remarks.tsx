"use client";

import { TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";

export { notedPlace } from "@/components/content/noted-place";

/** That something was found in an input, for whoever does not scroll as far. */
export function RemarkCount({ count }: { count: number }) {
  return (
    <Badge tone="warn" title="Found when it came in; each remark stands where it belongs">
      <TriangleAlert aria-hidden="true" />
      {count} <span className="max-sm:sr-only">{count === 1 ? "remark" : "remarks"}</span>
    </Badge>
  );
}
