"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";

import { cn } from "./class-names";

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
  marked: ReadonlySet<string> | undefined;
}

const ITEM =
  "outline-none [&:focus-visible>[data-row]]:outline-2 [&:focus-visible>[data-row]]:outline-accent-ink";
const MARKED = "rounded-sm bg-warn-soft ring-1 ring-warn-line";

/** One value with its name, and what is in it. */
export function JsonNode(props: NodeProps) {
  const { name, value, depth, pointer, marked } = props;
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0)
    return <Branch {...props} value={value} />;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      tabIndex={depth === 0 ? 0 : -1}
      data-pointer={pointer}
      className={cn("pl-4", ITEM, marked?.has(pointer) && MARKED)}
    >
      <span data-row="">
        <Name name={name} />
        <JsonLeaf value={value} />
      </span>
    </div>
  );
}

function Branch({ name, value, depth, pointer, marked }: NodeProps & { value: object }) {
  const entries = Array.isArray(value)
    ? value.map((child, index): [string, unknown] => [String(index), child])
    : Object.entries(value);
  const [open, setOpen] = useState(depth < OPEN_DEPTH && entries.length <= CHILDREN_AT_ONCE * 2);
  const [limit, setLimit] = useState(CHILDREN_AT_ONCE);
  const what = Array.isArray(value) ? "item" : "field";
  const size = `${entries.length} ${what}${entries.length === 1 ? "" : "s"}`;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={open}
      aria-label={name === undefined ? size : `${name}, ${size}`}
      tabIndex={depth === 0 ? 0 : -1}
      data-pointer={pointer}
      className={cn(ITEM, marked?.has(pointer) && MARKED)}
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
      </button>
      {open && depth < DEEPEST ? (
        <div role="group" className="ml-[6px] border-l border-line pl-2">
          {entries.slice(0, limit).map(([key, child]) => (
            <JsonNode
              key={key}
              name={key}
              value={child}
              depth={depth + 1}
              pointer={`${pointer}/${escapePointer(key)}`}
              marked={marked}
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
          … show all ({text.length.toLocaleString("en-GB")} characters)
        </button>
      ) : null}
    </span>
  );
}

function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
