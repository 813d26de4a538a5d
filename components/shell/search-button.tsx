"use client";

import { Search } from "lucide-react";
import { useSyncExternalStore } from "react";

import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

/** What opens the palette without its key, and says which key that is. */
export function SearchButton({ compact = false, onSearch }: { compact?: boolean; onSearch: () => void }) {
  const keys = usePaletteKeys();
  return compact ? (
    <Button
      variant="ghost"
      size="icon"
      className="size-10"
      aria-label="Search pages and actions"
      onClick={onSearch}
    >
      <Search aria-hidden="true" />
    </Button>
  ) : (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 items-center gap-2.5 rounded-md border border-line-strong bg-surface px-2 text-sm text-subtle transition-colors hover:bg-hover hover:text-ink [&_svg]:size-4"
      onClick={onSearch}
    >
      <Search aria-hidden="true" />
      <span className="flex-1 text-left">Search</span>
      <span aria-hidden="true" className="flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
    </button>
  );
}

/** As they are written on the keyboard at hand. */
export function usePaletteKeys(): readonly string[] {
  return useSyncExternalStore(never, keysHere, () => ELSEWHERE);
}

const APPLE = ["⌘", "K"];
const ELSEWHERE = ["Ctrl", "K"];
const keysHere = () => (/Mac|iP(hone|ad|od)/.test(navigator.userAgent) ? APPLE : ELSEWHERE);
const never = () => () => {};
