"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

import { useLoaded } from "@/components/ui/use-loaded";

import type { NavItem } from "./navigation";
import type { PaletteFacts } from "./palette-commands";
import { usePaletteKeys } from "./search-button";
import { useHouseKeys } from "./use-house-keys";

const loadPalette = () => import("./palette").then((loaded) => loaded.Palette);
const loadHelp = () => import("./key-help").then((loaded) => loaded.KeyHelp);

/** What lies over the page. */
export type Layer = "palette" | "keys" | null;

/** The keys of the house, and what they open; both layers are fetched when somebody reaches for them. */
export function CommandCenter({
  owner,
  facts,
  current,
  layer,
  onLayer,
  onSignOut,
}: {
  /** Whose choice of keys holds. */
  owner: string;
  facts: PaletteFacts;
  current: NavItem | undefined;
  layer: Layer;
  onLayer: (layer: Layer) => void;
  onSignOut: () => void;
}) {
  const router = useRouter();
  const [Palette, fetchPalette] = useLoaded(loadPalette);
  const [KeyHelp, fetchHelp] = useLoaded(loadHelp);
  const paletteKeys = usePaletteKeys();
  useEffect(() => {
    if (layer === "palette") void fetchPalette();
    if (layer === "keys") void fetchHelp();
  }, [layer, fetchPalette, fetchHelp]);
  useHouseKeys(owner, (command) => {
    if (command.do === "palette") onLayer("palette");
    else if (command.do === "help") onLayer("keys");
    else if (command.do === "go") {
      const item = facts.items.find(({ key }) => key === command.key);
      if (item) router.push(item.href as Route);
    }
  });
  const change = (own: Layer) => (open: boolean) => onLayer(open ? own : null);
  return (
    <>
      {Palette ? (
        <Palette
          facts={facts}
          open={layer === "palette"}
          onOpenChange={change("palette")}
          onKeys={() => onLayer("keys")}
          onSignOut={onSignOut}
        />
      ) : null}
      {KeyHelp ? (
        <KeyHelp
          owner={owner}
          items={facts.items}
          current={current}
          paletteKeys={paletteKeys}
          open={layer === "keys"}
          onOpenChange={change("keys")}
        />
      ) : null}
    </>
  );
}
