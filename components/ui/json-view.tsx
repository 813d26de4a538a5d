"use client";

import { type FocusEvent, type ReactNode, useRef, useState } from "react";

import { cn } from "./class-names";
import { CopyButton } from "./copy";
import { JsonLeaf, JsonNode } from "./json-node";
import { NoteList, type PlacedNotes } from "./note-list";
import { treeKey } from "./tree-key";

interface JsonViewProps {
  value: unknown;
  /** Name of the whole, for screen readers. */
  label: string;
  className?: string;
  /** What is remarked about parts of it. */
  notes?: PlacedNotes;
  /** What is shown below a value without parts, by the value and its name. */
  below?: (value: unknown, name: string) => ReactNode;
}

/**
 * Any JSON as a tree of plain text: nothing in it is ever interpreted. Only what is open is rendered. Arrows walk through it as in a
 * folder tree; below stands the path of the value that was pressed or reached, to be copied.
 */
export function JsonView({ value, label, className, notes, below }: JsonViewProps) {
  const [path, setPath] = useState<string | null>(null);
  const reached = useRef<HTMLElement | null>(null);
  const plain = typeof value !== "object" || value === null;
  const note = (event: FocusEvent<HTMLElement>) => {
    const item = event.target.closest<HTMLElement>('[role="treeitem"]');
    if (!item) return;
    // One stop for Tab: the value that was reached last.
    const before = reached.current ?? event.currentTarget.querySelector<HTMLElement>('[tabindex="0"]');
    if (before) before.tabIndex = -1;
    item.tabIndex = 0;
    reached.current = item;
    setPath(item.dataset.pointer ?? null);
  };
  return (
    <div className={cn("relative min-w-0 rounded-lg border border-line bg-sunken", className)}>
      <div className="absolute top-1 right-1 z-10">
        <CopyAll value={value} label={label} />
      </div>
      <div
        role="region"
        aria-label={label}
        tabIndex={plain ? 0 : -1}
        className="max-h-[32rem] overflow-auto py-2 pr-10 pl-3 font-mono text-xs leading-5"
      >
        {plain ? (
          <>
            <JsonLeaf value={value} plain />
            <NoteList notes={notes?.get("")} />
          </>
        ) : (
          <div
            role="tree"
            tabIndex={-1}
            aria-label={`${label}, value by value`}
            onFocus={note}
            onKeyDown={treeKey}
          >
            <JsonNode value={value} depth={0} pointer="" notes={notes} below={below} />
          </div>
        )}
      </div>
      {path ? (
        <p className="flex items-center gap-1 border-t border-line py-0.5 pr-1 pl-3 text-xs text-subtle">
          <span className="sr-only">Path of this value: </span>
          <code className="min-w-0 flex-1 truncate font-mono">{path}</code>
          <CopyButton text={path} label="Copy the path" compact />
        </p>
      ) : null}
    </div>
  );
}

/** The text is made on the press: serialising a big value while rendering would block the page. */
function CopyAll({ value, label }: { value: unknown; label: string }) {
  const text = () => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  return <CopyButton text={text} label={`Copy ${label}`} compact />;
}
