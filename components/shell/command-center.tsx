"use client";

import { Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useSyncExternalStore } from "react";

import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useLoaded } from "@/components/ui/use-loaded";

import type { NavItem } from "./navigation";
import type { PaletteFacts } from "./palette-commands";
import { useHouseKeys } from "./use-house-keys";

const loadPalette = () => import("./palette").then((loaded) => loaded.Palette);
const loadHelp = () => import("./key-help").then((loaded) => loaded.KeyHelp);

/** The keys of the house, and what they open; both are fetched when somebody reaches for them. */
export function useCommandCenter({
  owner,
  facts,
  current,
  onSignOut,
}: {
  /** Whose choice of keys holds. */
  owner: string;
  facts: PaletteFacts;
  current: NavItem | undefined;
  onSignOut: () => void;
}): { search: () => void; layers: ReactNode } {
  const router = useRouter();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const [Palette, fetchPalette] = useLoaded(loadPalette);
  const [KeyHelp, fetchHelp] = useLoaded(loadHelp);
  const search = () => {
    void fetchPalette();
    setOpen("palette");
  };
  const help = () => {
    void fetchHelp();
    setOpen("keys");
  };
  useHouseKeys(owner, (command) => {
    if (command.do === "palette") search();
    else if (command.do === "help") help();
    else if (command.do === "go") {
      const item = facts.items.find(({ key }) => key === command.key);
      if (item) router.push(item.href as Route);
    }
  });
  const change = (layer: "palette" | "keys") => (next: boolean) => setOpen(next ? layer : null);
  const paletteKeys = usePaletteKeys();
  return {
    search,
    layers: (
      <>
        {Palette ? (
          <Palette
            facts={facts}
            open={open === "palette"}
            onOpenChange={change("palette")}
            onKeys={help}
            onSignOut={onSignOut}
          />
        ) : null}
        {KeyHelp ? (
          <KeyHelp
            owner={owner}
            items={facts.items}
            current={current}
            paletteKeys={paletteKeys}
            open={open === "keys"}
            onOpenChange={change("keys")}
          />
        ) : null}
      </>
    ),
  };
}

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

function usePaletteKeys(): readonly string[] {
  return useSyncExternalStore(never, keysHere, () => ELSEWHERE);
}

const APPLE = ["⌘", "K"];
const ELSEWHERE = ["Ctrl", "K"];
const keysHere = () => (/Mac|iP(hone|ad|od)/.test(navigator.userAgent) ? APPLE : ELSEWHERE);
const never = () => () => {};
