import { Hand } from "lucide-react";

import { TextLink } from "@/components/ui/button";
import { formatCount } from "@/lib/core/format";

/** That hand-picked outputs wait, visibly apart from the samples; nothing when none does. */
export function PickedStrip({ slug, waiting }: { slug: string; waiting: number }) {
  if (waiting === 0) return null;
  return (
    <p className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-picked-line bg-picked-soft px-3 py-1.5 text-sm text-muted">
      <Hand aria-hidden="true" className="size-4 shrink-0 text-picked-ink" />
      <span className="font-medium text-picked-ink">Hand-picked, {formatCount(waiting)} waiting</span>
      <span>These never count in any accuracy.</span>
      <TextLink href={`/${slug}/review/diagnostic`}>Look at them</TextLink>
    </p>
  );
}
