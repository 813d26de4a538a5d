"use client";

import type { MarkedToken, Token, Tokens } from "marked";
import { createElement, Fragment, type ReactNode, useMemo, useState } from "react";
import { formatCount } from "@/lib/core/format";
import { ImageView } from "./image-view";
import { LongText, ShowMore } from "./long-text";
import { markdownBlocks, markdownStart } from "./markdown-blocks";
import { safeAddress } from "./safe-link";

/** Markdown as elements made here: HTML in it stays text; images are links, and load only from hosts that the page allows. */
export function MarkdownView({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const start = all ? text : markdownStart(text);
  const blocks = useMemo(() => markdownBlocks(start), [start]);
  if (!blocks) return <LongText text={text} />;
  return (
    <>
      <div className="flex max-w-[75ch] min-w-0 flex-col gap-2.5 break-words text-ink [overflow-wrap:anywhere]">
        <Blocks tokens={blocks} />
      </div>
      {start.length < text.length ? (
        <ShowMore onClick={() => setAll(true)}>Show all ({formatCount(text.length)} characters)</ShowMore>
      ) : null}
    </>
  );
}

function Blocks({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, index) => <Block key={index} token={token as MarkedToken} />);
}

function Block({ token }: { token: MarkedToken }): ReactNode {
  switch (token.type) {
    case "heading":
      // The page has its own outline: these are headings of somebody's text.
      return (
        <p
          role="heading"
          aria-level={Math.min(6, token.depth + 3)}
          className={token.depth < 3 ? "mt-1 text-lg font-semibold" : "mt-1 font-semibold"}
        >
          <Inlines tokens={token.tokens} />
        </p>
      );
    case "paragraph":
      return (
        <p>
          <Inlines tokens={token.tokens} />
        </p>
      );
    case "text":
      return <p>{token.tokens ? <Inlines tokens={token.tokens} /> : token.text}</p>;
    case "code":
      return (
        <pre
          tabIndex={0}
          className="max-h-96 overflow-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5"
        >
          <code>{token.text}</code>
        </pre>
      );
    case "blockquote":
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 border-line-strong pl-3 text-muted">
          <Blocks tokens={token.tokens} />
        </blockquote>
      );
    case "list":
      return <ItemList list={token} />;
    case "table":
      return <TextTable table={token} />;
    case "hr":
      return <hr className="border-line" />;
    case "space":
    case "def":
      return null;
    default:
      // HTML among others: shown as it was written.
      return <p className="whitespace-pre-wrap">{token.raw}</p>;
  }
}

function ItemList({ list }: { list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={index} className="pl-1">
      {item.task ? (item.checked ? "☑ " : "☐ ") : null}
      <div className="inline-flex w-full flex-col gap-1.5 align-top">
        <Blocks tokens={item.tokens.filter((token) => token.type !== "checkbox")} />
      </div>
    </li>
  ));
  return createElement(
    list.ordered ? "ol" : "ul",
    {
      className: list.ordered
        ? "flex list-decimal flex-col gap-1 pl-6"
        : "flex list-disc flex-col gap-1 pl-5",
      ...(list.ordered && list.start !== 1 && list.start !== "" ? { start: list.start } : {}),
    },
    ...items,
  );
}

function TextTable({ table }: { table: Tokens.Table }) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="Table"
      className="overflow-x-auto rounded-lg border border-line"
    >
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken">
          <tr>
            {table.header.map((cell, index) => (
              <th
                key={index}
                scope="col"
                className="border-b border-line px-3 py-1.5 text-left font-medium text-muted"
              >
                <Inlines tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={index} className="px-3 py-1.5 align-top">
                  <Inlines tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Inlines({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, index) => <Inline key={index} token={token as MarkedToken} />);
}

function Inline({ token }: { token: MarkedToken }): ReactNode {
  switch (token.type) {
    case "strong":
      return (
        <strong className="font-semibold">
          <Inlines tokens={token.tokens} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Inlines tokens={token.tokens} />
        </em>
      );
    case "del":
      return (
        <del>
          <Inlines tokens={token.tokens} />
        </del>
      );
    case "codespan":
      return <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.9em]">{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return (
        <SafeLink href={token.href}>
          <Inlines tokens={token.tokens} />
        </SafeLink>
      );
    case "image":
      return (
        <ImageView text={token.href} label={token.text || "Image"} meant>
          <SafeLink href={token.href}>Image: {token.text || token.href}</SafeLink>
        </ImageView>
      );
    case "text":
      return token.tokens ? <Inlines tokens={token.tokens} /> : token.text;
    case "escape":
      return token.text;
    default:
      return <Fragment>{token.raw}</Fragment>;
  }
}

/** Opens apart, says nothing about where it came from; what cannot be trusted stays text. */
function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  const address = safeAddress(href);
  if (!address) return <span>{children}</span>;
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={address}
      className="rounded-sm text-accent-ink underline decoration-accent-ink/35 underline-offset-2 hover:decoration-accent-ink"
    >
      {children}
    </a>
  );
}
