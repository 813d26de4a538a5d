"use client";

import { FileDigit } from "lucide-react";
import { CopyButton } from "@/components/ui/copy";
import { formatBytes } from "@/lib/core/format";

/** A file that was sent as text: what it is and how big; its letters tell nobody anything. */
export function FileNote({ text, media, bytes }: { text: string; media: string | null; bytes: number }) {
  return (
    <p className="flex w-fit max-w-full items-center gap-2 rounded-lg border border-line bg-sunken py-1 pr-1 pl-3 text-sm text-muted">
      <FileDigit aria-hidden="true" className="size-4 shrink-0 text-subtle" />
      <span className="min-w-0 truncate">
        {media ? `A file (${media})` : "A file written as text"}, {formatBytes(bytes)}
      </span>
      <CopyButton text={text} label="Copy its text" compact />
    </p>
  );
}
