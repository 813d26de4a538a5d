"use client";

import { useSyncExternalStore } from "react";

import { Switch } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

import type { NavItem } from "./navigation";
import { PAGE_KEYS, type PageKey } from "./page-keys";
import { setSingleKeys, singleKeysOn } from "./single-keys";
import { pageHasOwnKeys } from "./use-house-keys";

export interface KeyHelpProps {
  owner: string;
  items: readonly NavItem[];
  current: NavItem | undefined;
  paletteKeys: readonly string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Which key does what: on the page that is open, and on every page. */
export function KeyHelp({ owner, items, current, paletteKeys, open, onOpenChange }: KeyHelpProps) {
  const on = useSyncExternalStore(
    onStored,
    () => singleKeysOn(owner),
    () => true,
  );
  const ownKeys = open && pageHasOwnKeys();
  const pageKeys = (current && PAGE_KEYS[current.icon]) ?? [];
  return (
    <Dialog
      title="Keyboard"
      description="Everything also works with Tab, Enter and the pointer."
      open={open}
      onOpenChange={onOpenChange}
    >
      <div className="flex flex-col gap-5">
        {pageKeys.length > 0 ? <Keys title={`On this page: ${current?.label}`} keys={pageKeys} /> : null}
        <Keys
          title="On every page"
          keys={[
            { keys: paletteKeys, does: "Search pages and actions" },
            { keys: ["?"], does: "This list" },
            { keys: ["Esc"], does: "Close what is open" },
          ]}
        />
        {items.length > 0 ? (
          <Keys
            title="Go to: one key after the other"
            keys={items.map(({ key, label }) => ({ keys: ["G", key.toUpperCase()], does: label }))}
          />
        ) : null}
        {ownKeys ? (
          <p className="text-sm text-muted">
            This page uses letters in its own way, so the keys after G and ? rest while it is open. Its own
            list is behind the keyboard sign at its top.
          </p>
        ) : null}
        <Switch
          label="Use single keys"
          hint="Switch this off when dictation or another tool types letters. It holds for the review screen too; keys with Ctrl or ⌘ keep working."
          checked={on}
          onChange={(event) => setSingleKeys(owner, event.currentTarget.checked)}
        />
      </div>
    </Dialog>
  );
}

function Keys({ title, keys }: { title: string; keys: readonly PageKey[] }) {
  return (
    <section>
      <h3 className="mb-1 text-sm font-medium text-ink">{title}</h3>
      <dl className="divide-y divide-line border-y border-line">
        {keys.map(({ keys: each, does }) => (
          <div key={does} className="flex min-h-8 items-center justify-between gap-4 py-1">
            <dd className="text-sm text-muted">{does}</dd>
            <dt className="order-last flex shrink-0 items-center gap-1">
              {each.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
          </div>
        ))}
      </dl>
    </section>
  );
}

function onStored(changed: () => void): () => void {
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}
