"use client";

import { useState } from "react";
import { JsonView } from "@/components/ui/json-view";
import { Segmented } from "@/components/ui/tabs";

/** Longer texts are cut until somebody asks for the rest. */
const SHOWN_CHARACTERS = 1_500;
/** Longer values get a line of their own below their name. */
const WIDE_CHARACTERS = 90;
/** Of a wide object, this many members are shown at once. */
const SHOWN_MEMBERS = 60;

export type InputStyle = "read" | "json";

/** Whether there is more than one way to show it. */
export function hasReadingView(value: unknown): boolean {
  return isObject(value) || conversation(value) !== null;
}

export function InputStyleChoice({
  style,
  onChange,
}: {
  style: InputStyle;
  onChange: (style: InputStyle) => void;
}) {
  return (
    <Segmented
      label="How the input is shown"
      value={style}
      options={[
        { value: "read", label: "Reading view" },
        { value: "json", label: "JSON" },
      ]}
      onChange={(next) => onChange(next === "json" ? "json" : "read")}
    />
  );
}

/** What the system was given, as a person reads it: text, a conversation, or names and values; the raw JSON on request. */
export function InputView({ value, style }: { value: unknown; style: InputStyle }) {
  const readable = typeof value === "string" || hasReadingView(value);
  return style === "json" || !readable ? (
    <JsonView value={value} label="Input" />
  ) : (
    <Readable value={value} />
  );
}

function Readable({ value }: { value: unknown }) {
  if (typeof value === "string") return <LongText text={value} />;
  const turns = conversation(value);
  if (turns) return <Conversation turns={turns} />;
  return isObject(value) ? <Members value={value} /> : null;
}

function Members({ value }: { value: Readonly<Record<string, unknown>> }) {
  const [all, setAll] = useState(false);
  const members = Object.entries(value);
  const shown = all ? members : members.slice(0, SHOWN_MEMBERS);
  if (members.length === 0) return <p className="text-sm text-subtle">The input is empty.</p>;
  return (
    <>
      <dl className="-my-2 flex flex-col divide-y divide-line text-base">
        {shown.map(([name, member]) => (
          <Member key={name} name={name} value={member} />
        ))}
      </dl>
      {shown.length < members.length ? (
        <ShowMore onClick={() => setAll(true)}>Show all {members.length} values</ShowMore>
      ) : null}
    </>
  );
}

function Member({ name, value }: { name: string; value: unknown }) {
  const turns = conversation(value);
  const nested = typeof value === "object" && value !== null;
  const wide = nested || (typeof value === "string" && value.length > WIDE_CHARACTERS);
  return (
    <div
      className={
        wide
          ? "flex flex-col gap-1 py-2.5"
          : "grid grid-cols-[minmax(5rem,2fr)_minmax(0,3fr)] gap-4 sm:grid-cols-[minmax(7rem,12rem)_minmax(0,1fr)] py-2"
      }
    >
      <dt className="text-sm break-words text-muted">{name}</dt>
      <dd className="min-w-0 text-ink tabular">
        {turns ? <Conversation turns={turns} /> : nested ? <JsonView value={value} label={name} /> : null}
        {nested ? null : <Scalar value={value} />}
      </dd>
    </div>
  );
}

function Scalar({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === "")
    return <span className="text-subtle italic">{value === "" ? "empty" : "none"}</span>;
  return <LongText text={typeof value === "string" ? value : JSON.stringify(value)} />;
}

interface Turn {
  role: string;
  content: string;
}

function Conversation({ turns }: { turns: readonly Turn[] }) {
  return (
    <ol className="flex flex-col gap-2.5">
      {turns.map((turn, index) => (
        <li key={index} className="rounded-lg border border-line bg-sunken px-3 py-2">
          <p className="text-xs font-medium text-muted">{turn.role}</p>
          <LongText text={turn.content} />
        </li>
      ))}
    </ol>
  );
}

/** Plain text, never interpreted. */
function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > SHOWN_CHARACTERS * 1.2;
  return (
    <>
      <p className="max-w-[75ch] break-words whitespace-pre-wrap text-ink">
        {cut ? `${text.slice(0, SHOWN_CHARACTERS)} …` : text}
      </p>
      {cut ? (
        <ShowMore onClick={() => setAll(true)}>
          Show all ({text.length.toLocaleString("en-GB")} characters)
        </ShowMore>
      ) : null}
    </>
  );
}

function ShowMore({ onClick, children }: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="mt-1 self-start rounded-sm text-sm font-medium text-accent-ink underline decoration-accent-ink/35 underline-offset-2 hover:decoration-accent-ink"
    >
      {children}
    </button>
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of messages as chat models take it; null for everything else. */
function conversation(value: unknown): Turn[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const turns = value.map((each: unknown) =>
    isObject(each) && typeof each.role === "string" && typeof each.content === "string"
      ? { role: each.role, content: each.content }
      : null,
  );
  return turns.every((turn) => turn !== null) ? turns : null;
}
