"use client";

import { ChevronRight, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";

import { formatCount } from "@/lib/core/format";
import { cn } from "./class-names";
import { NoteList, notesInside, type PlacedNotes, pointerTo } from "./note-list";

/** What is shown before somebody asks for more. Big enough for real records, small enough that 500 KB stay quick. */
const CHILDREN_AT_ONCE = 50;
const TEXT_AT_ONCE = 600;
const OPEN_DEPTH = 2;
const DEEPEST = 64;

interface NodeProps {
  name?: string | undefined;
  value: unknown;
  depth: number;
  pointer: string;
  notes: PlacedNotes | undefined;
  below: ((value: unknown, name: string) => ReactNode) | undefined;
}

const ITEM =
  "outline-none [&:focus-visible>[data-row]]:outline-2 [&:focus-visible>[data-row]]:outline-accent-ink";

/** One value with its name, and what is in it. */
export function JsonNode(props: NodeProps) {
  const { name, value, depth, pointer, notes, below } = props;
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0)
    return <Branch {...props} value={value} />;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      tabIndex={depth === 0 ? 0 : -1}
      data-pointer={pointer}
      className={cn("pl-4", ITEM)}
    >
      <span data-row="">
        <Name name={name} />
        <JsonLeaf value={value} />
      </span>
      {below?.(value, name ?? "value")}
      <NoteList notes={notes?.get(pointer)} />
    </div>
  );
}

function Branch({ name, value, depth, pointer, notes, below }: NodeProps & { value: object }) {
  const entries = Array.isArray(value)
    ? value.map((child, index): [string, unknown] => [String(index), child])
    : Object.entries(value);
  const inside = notesInside(notes, pointer);
  const noted = (key: string) => {
    const place = pointerTo(pointer, key);
    return notes !== undefined && (notes.has(place) || notesInside(notes, place) > 0);
  };
  // What is remarked is never hidden in the beginning.
  const [open, setOpen] = useState(
    inside > 0 || (depth < OPEN_DEPTH && entries.length <= CHILDREN_AT_ONCE * 2),
  );
  const [limit, setLimit] = useState(() =>
    Math.max(CHILDREN_AT_ONCE, inside > 0 ? entries.findLastIndex(([key]) => noted(key)) + 1 : 0),
  );
  const own = notes?.get(pointer);
  const what = Array.isArray(value) ? "item" : "field";
  const size = `${entries.length} ${what}${entries.length === 1 ? "" : "s"}`;
  const said = [...(name === undefined ? [] : [name]), size, ...(own ?? []).map(({ text }) => text)];
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={open}
      aria-label={said.join(", ")}
      tabIndex={depth === 0 ? 0 : -1}
      data-pointer={pointer}
      className={ITEM}
    >
      <button
        type="button"
        tabIndex={-1}
        data-row=""
        onClick={() => setOpen(!open)}
        className="flex w-fit text-left max-w-full cursor-pointer items-center rounded-sm hover:bg-hover"
      >
        <ChevronRight
          aria-hidden="true"
          className={cn("mr-0.5 size-3.5 shrink-0 text-subtle transition-transform", open && "rotate-90")}
        />
        <Name name={name} />
        <span className="truncate text-subtle">{size}</span>
        {!open && inside > 0 ? (
          <span className="ml-2 inline-flex shrink-0 items-center gap-1 font-sans text-warn-ink">
            <TriangleAlert aria-hidden="true" className="size-3.5" />
            {inside} {inside === 1 ? "remark" : "remarks"} inside
          </span>
        ) : null}
      </button>
      <NoteList notes={own} />
      {open && depth < DEEPEST ? (
        <div role="group" className="ml-[6px] border-l border-line pl-2">
          {entries.slice(0, limit).map(([key, child]) => (
            <JsonNode
              key={key}
              name={key}
              value={child}
              depth={depth + 1}
              pointer={pointerTo(pointer, key)}
              notes={notes}
              below={below}
            />
          ))}
          {entries.length > limit ? (
            <div role="treeitem" aria-level={depth + 2} tabIndex={-1} className={ITEM}>
              <button
                type="button"
                tabIndex={-1}
                data-row=""
                onClick={() => setLimit(limit + CHILDREN_AT_ONCE * 4)}
                className="ml-4 cursor-pointer rounded-sm font-sans text-accent-ink underline underline-offset-2"
              >
                Show more ({entries.length - limit} left)
              </button>
            </div>
          ) : null}
        </div>
      ) : null}
      {open && depth >= DEEPEST ? (
        <p className="pl-6 text-subtle">Nested deeper than is shown here; copy the whole to see it.</p>
      ) : null}
    </div>
  );
}

function Name({ name }: { name: string | undefined }) {
  return name === undefined ? null : (
    <span className="mr-1.5 text-muted [overflow-wrap:anywhere]">{name}:</span>
  );
}

/** A value without parts. */
export function JsonLeaf({ value, plain = false }: { value: unknown; plain?: boolean }) {
  if (typeof value === "string") return <LongText text={value} plain={plain} />;
  if (typeof value === "number" || typeof value === "bigint")
    return <span className="text-accent-ink">{String(value)}</span>;
  if (typeof value === "boolean") return <span className="text-warn-ink">{String(value)}</span>;
  if (typeof value === "object" && value !== null)
    return <span className="text-subtle">{Array.isArray(value) ? "[ ]" : "{ }"}</span>;
  return <span className="text-subtle italic">{value === null ? "null" : "not set"}</span>;
}

function LongText({ text, plain }: { text: string; plain: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all || text.length <= TEXT_AT_ONCE ? text : text.slice(0, TEXT_AT_ONCE);
  return (
    <span
      className={cn("break-words whitespace-pre-wrap text-ink [overflow-wrap:anywhere]", plain && "block")}
    >
      {plain ? shown : `“${shown}${shown.length < text.length ? "" : "”"}`}
      {shown.length < text.length ? (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="ml-1 rounded-sm font-sans text-accent-ink underline underline-offset-2"
        >
          … show all ({formatCount(text.length)} characters)
        </button>
      ) : null}
    </span>
  );
}
