"use client";

import { type ReactNode, useState } from "react";
import { formatCount } from "@/lib/core/format";

/** Longer texts are cut until somebody asks for the rest. */
const SHOWN_CHARACTERS = 1_500;

/** Plain text, never interpreted. */
export function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > SHOWN_CHARACTERS * 1.2;
  return (
    <>
      <p className="max-w-[75ch] break-words whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
        {cut ? `${text.slice(0, SHOWN_CHARACTERS)} …` : text}
      </p>
      {cut ? (
        <ShowMore onClick={() => setAll(true)}>Show all ({formatCount(text.length)} characters)</ShowMore>
      ) : null}
    </>
  );
}

export function ShowMore({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="mt-1 min-h-6 self-start rounded-sm text-sm font-medium text-accent-ink underline decoration-accent-ink/35 underline-offset-2 hover:decoration-accent-ink"
    >
      {children}
    </button>
  );
}
