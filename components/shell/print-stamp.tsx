"use client";

import { usePrintTime } from "@/components/ui/use-printing";

/** On paper, where a page is from and of when: the browser's own line can be switched off. */
export function PrintStamp({ project }: { project: string }) {
  const time = usePrintTime();
  return time === null ? null : (
    <p className="mb-4 flex flex-wrap justify-between gap-x-4 border-b border-line-strong pb-2 text-xs text-muted">
      <span className="font-medium text-ink">{project} · Assay</span>
      <span className="break-all">{window.location.href}</span>
      <span>Printed {time}</span>
    </p>
  );
}
