"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";

import { cn } from "./class-names";
import { CopyButton } from "./copy";

/** What is shown before somebody asks for more. Big enough for real records, small enough that 500 KB stay quick. */
const CHILDREN_AT_ONCE = 50;
const TEXT_AT_ONCE = 600;
const OPEN_DEPTH = 2;
const DEEPEST = 64;

interface JsonViewProps {
  value: unknown;
  /** Name of the whole, for screen readers. */
  label: string;
  className?: string;
  /** JSON pointers of parts that deserve attention, for example mismatching fields. */
  marked?: ReadonlySet<string>;
}

/** Any JSON as a tree of plain text: nothing in it is ever interpreted. Only what is open is rendered. */
export function JsonView({ value, label, className, marked }: JsonViewProps) {
  return (
    <div className={cn("relative min-w-0 rounded-lg border border-line bg-sunken", className)}>
      <div className="absolute top-1 right-1 z-10">
        <CopyAll value={value} label={label} />
      </div>
      <div
        role="region"
        aria-label={label}
        tabIndex={0}
        className="max-h-[32rem] overflow-auto py-2 pr-10 pl-3 font-mono text-xs leading-5"
      >
        {typeof value === "string" ? (
          <LongText text={value} plain />
        ) : (
          <Node value={value} depth={0} pointer="" marked={marked} />
        )}
      </div>
    </div>
  );
}

/** The text is made on the press: serialising a big value while rendering would block the page. */
function CopyAll({ value, label }: { value: unknown; label: string }) {
  const text = () => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  return <CopyButton text={text} label={`Copy ${label}`} compact />;
}

interface NodeProps {
  name?: string | undefined;
  value: unknown;
  depth: number;
  pointer: string;
  marked: ReadonlySet<string> | undefined;
}

function Node({ name, value, depth, pointer, marked }: NodeProps) {
  const isMarked = marked?.has(pointer) ?? false;
  if (typeof value !== "object" || value === null) {
    return (
      <div className={cn("pl-4", isMarked && "rounded-sm bg-warn-soft ring-1 ring-warn-line")}>
        <Name name={name} />
        <Leaf value={value} />
      </div>
    );
  }
  return (
    <Branch name={name} value={value} depth={depth} pointer={pointer} marked={marked} isMarked={isMarked} />
  );
}

function Branch({
  name,
  value,
  depth,
  pointer,
  marked,
  isMarked,
}: NodeProps & { value: object; isMarked: boolean }) {
  const isArray = Array.isArray(value);
  const entries = isArray
    ? value.map((child, index): [string, unknown] => [String(index), child])
    : Object.entries(value);
  const [open, setOpen] = useState(depth < OPEN_DEPTH && entries.length <= CHILDREN_AT_ONCE * 2);
  const [limit, setLimit] = useState(CHILDREN_AT_ONCE);
  const size = isArray
    ? `${entries.length} ${entries.length === 1 ? "item" : "items"}`
    : `${entries.length} ${entries.length === 1 ? "field" : "fields"}`;
  if (entries.length === 0) {
    return (
      <div className="pl-4">
        <Name name={name} />
        <span className="text-subtle">{isArray ? "[ ]" : "{ }"}</span>
      </div>
    );
  }
  return (
    <div className={cn(isMarked && "rounded-sm bg-warn-soft ring-1 ring-warn-line")}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex max-w-full items-center rounded-sm text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden="true"
          className={cn("mr-0.5 size-3.5 shrink-0 text-subtle transition-transform", open && "rotate-90")}
        />
        <Name name={name} />
        <span className="truncate text-subtle">{size}</span>
      </button>
      {open && depth < DEEPEST ? (
        <div className="ml-[6px] border-l border-line pl-2">
          {entries.slice(0, limit).map(([key, child]) => (
            <Node
              key={key}
              name={key}
              value={child}
              depth={depth + 1}
              pointer={`${pointer}/${escapePointer(key)}`}
              marked={marked}
            />
          ))}
          <More left={entries.length - limit} onMore={() => setLimit(limit + CHILDREN_AT_ONCE * 4)} />
        </div>
      ) : null}
      {open && depth >= DEEPEST ? (
        <p className="pl-6 text-subtle">Nested deeper than is shown here; copy the whole to see it.</p>
      ) : null}
    </div>
  );
}

function More({ left, onMore }: { left: number; onMore: () => void }): ReactNode {
  if (left <= 0) return null;
  return (
    <button
      type="button"
      onClick={onMore}
      className="ml-4 rounded-sm font-sans text-accent-ink underline underline-offset-2"
    >
      Show more ({left} left)
    </button>
  );
}

function Name({ name }: { name: string | undefined }) {
  return name === undefined ? null : (
    <span className="mr-1.5 text-muted [overflow-wrap:anywhere]">{name}:</span>
  );
}

function Leaf({ value }: { value: unknown }) {
  if (typeof value === "string") return <LongText text={value} />;
  if (typeof value === "number" || typeof value === "bigint")
    return <span className="text-accent-ink">{String(value)}</span>;
  if (typeof value === "boolean") return <span className="text-warn-ink">{String(value)}</span>;
  return <span className="text-subtle italic">{value === null ? "null" : "not set"}</span>;
}

function LongText({ text, plain = false }: { text: string; plain?: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all || text.length <= TEXT_AT_ONCE ? text : text.slice(0, TEXT_AT_ONCE);
  return (
    <span className={cn("break-words whitespace-pre-wrap text-ink", plain && "block")}>
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
