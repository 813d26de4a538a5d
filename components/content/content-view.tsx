"use client";

import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { latePart } from "@/components/ui/late-part";
import { useWhenIdle } from "@/components/ui/use-loaded";
import { type Content, contentOf } from "./content-kind";
import { mayBeImage } from "./may-be-image";
import { LongText, ShowMore } from "./long-text";
import type { NotedPlace } from "./noted-place";

/** Longer values get a line of their own below their name. */
const WIDE_CHARACTERS = 90;
/** Of a wide object, this many members are shown at once. */
const SHOWN_MEMBERS = 60;

const imagePart = latePart(() => import("./image-view"));
const loadChat = () => import("./chat-view");
const loadTable = () => import("./record-table");
const loadMarkdown = () => import("./markdown-view");
const loadFile = () => import("./file-note");
const loadTree = () => import("./value-tree");
const FileNote = lazy(async () => ({ default: (await loadFile()).FileNote }));
const ChatView = lazy(async () => ({ default: (await loadChat()).ChatView }));
const RecordTable = lazy(async () => ({ default: (await loadTable()).RecordTable }));
const MarkdownView = lazy(async () => ({ default: (await loadMarkdown()).MarkdownView }));
const ValueTree = lazy(async () => ({ default: (await loadTree()).ValueTree }));

/** Fetches every way of showing while there is time, so that the next item needs nothing. */
export function useContentViews(): void {
  useWhenIdle(() => {
    void imagePart.fetch();
    for (const load of [loadChat, loadTable, loadMarkdown, loadTree, loadFile]) load().catch(() => undefined);
  });
}

/** Any value as a person reads it: text, a conversation, a table, names and values. Nothing in it is ever interpreted as HTML. */
export function ContentView({
  value,
  label,
  noted = null,
}: {
  value: unknown;
  label: string;
  noted?: NotedPlace | null;
}) {
  const content = contentOf(value);
  if (content.kind === "tree" && typeof value === "object" && value !== null)
    return <TreeView value={value} label={label} noted={noted} />;
  const hasPlaces = content.kind === "members" || content.kind === "table";
  return (
    <>
      {noted ? <div className="mb-3 empty:hidden">{hasPlaces ? noted.here : noted.all}</div> : null}
      <Shown content={content} value={value} label={label} noted={noted} />
    </>
  );
}

function Shown({
  content,
  value,
  label,
  noted,
}: {
  content: Content;
  value: unknown;
  label: string;
  noted: NotedPlace | null;
}) {
  switch (content.kind) {
    case "text":
      return <PlainText text={content.text} label={label} />;
    case "file":
      return (
        <Later>
          <FileNote text={content.text} media={content.media} bytes={content.bytes} />
        </Later>
      );
    case "members":
      return <Members members={content.members} noted={noted} />;
    case "chat":
      return (
        <Later>
          <ChatView turns={content.turns} Message={Message} />
        </Later>
      );
    case "table":
      return (
        <Later>
          <RecordTable columns={content.columns} rows={content.rows} label={label} noted={noted?.columns} />
        </Later>
      );
    case "markdown":
      return (
        <Later>
          <MarkdownView text={content.text} />
        </Later>
      );
    case "tree":
      return <Scalar value={value} label={label} />;
  }
}

function Message({ text }: { text: string }) {
  return <ContentView value={text} label="Message" />;
}

/** The JSON itself. */
export function TreeView({
  value,
  label,
  noted,
}: {
  value: unknown;
  label: string;
  noted: NotedPlace | null;
}) {
  return (
    <Later>
      <ValueTree value={value} label={label} notes={noted?.placed} />
    </Later>
  );
}

function Later({ children }: { children: ReactNode }) {
  return <Suspense fallback={<span className="block h-24" aria-hidden="true" />}>{children}</Suspense>;
}

function Members({ members, noted }: { members: readonly [string, unknown][]; noted: NotedPlace | null }) {
  const [all, setAll] = useState(false);
  // What is remarked is never hidden in the beginning.
  const last = noted ? members.findLastIndex(([name]) => noted.within(name)) : -1;
  const shown = all ? members : members.slice(0, Math.max(SHOWN_MEMBERS, last + 1));
  if (members.length === 0) return <p className="text-sm text-subtle">There is nothing in it.</p>;
  return (
    <>
      <dl className="-my-2 flex flex-col divide-y divide-line text-base">
        {shown.map(([name, member]) => (
          <Member key={name} name={name} value={member} noted={noted?.within(name) ?? null} />
        ))}
      </dl>
      {shown.length < members.length ? (
        <ShowMore onClick={() => setAll(true)}>Show all {members.length} values</ShowMore>
      ) : null}
    </>
  );
}

function Member({ name, value, noted }: { name: string; value: unknown; noted: NotedPlace | null }) {
  const nested = typeof value === "object" && value !== null;
  const isText = typeof value === "string";
  const wide =
    nested ||
    (isText && (value.length > WIDE_CHARACTERS || mayBeImage(value) || contentOf(value).kind === "markdown"));
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
        {!nested && !wide ? (
          <>
            <Scalar value={value} label={name} />
            {noted?.all}
          </>
        ) : isPlainObject(value) ? (
          <TreeView value={value} label={name} noted={noted} />
        ) : (
          <ContentView value={value} label={name} noted={noted} />
        )}
      </dd>
    </div>
  );
}

function isPlainObject(value: unknown): boolean {
  return contentOf(value).kind === "members";
}

function Scalar({ value, label }: { value: unknown; label: string }) {
  if (value === null || value === undefined || value === "")
    return <span className="text-subtle italic">{value === "" ? "empty" : "none"}</span>;
  return <PlainText text={typeof value === "string" ? value : JSON.stringify(value)} label={label} />;
}

/** A text; an address of a picture with the picture, once the part for that is there. */
function PlainText({ text, label }: { text: string; label: string }) {
  const part = imagePart.usePart();
  const asked = mayBeImage(text);
  useEffect(() => {
    if (asked) void imagePart.fetch();
  }, [asked]);
  return part && asked ? <part.ImageView text={text} label={label} /> : <LongText text={text} />;
}
