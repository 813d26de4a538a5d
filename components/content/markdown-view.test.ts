import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { fastestMs } from "@/lib/testing/fastest";
import { markdownBlocks, markdownStart } from "./markdown-blocks";
import { MarkdownView } from "./markdown-view";
import { safeAddress } from "./safe-link";

const html = (text: string) => renderToStaticMarkup(createElement(MarkdownView, { text }));

test("what Markdown says is there, as elements of ours", () => {
  const shown = html(
    "# Refund\n\n1. **one**\n2. _two_ `three`\n\n> said\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\n```js\n<b>\n```\n",
  );
  for (const part of [
    'role="heading"',
    "<ol",
    "<strong",
    "<em",
    "<code",
    "<blockquote",
    "<th",
    "<del",
    "&lt;b&gt;",
  ])
    expect(shown).toContain(part);
});

test.each([
  "<script>alert(1)</script>",
  "text <img src=x onerror=alert(1)> text",
  "<iframe src='https://evil.example'></iframe>",
  "[press](javascript:alert(1))",
  "[press](JaVaScRiPt:alert(1))",
  "[press](data:text/html;base64,PHNjcmlwdD4=)",
  "![pixel](https://evil.example/p.png)",
  '![x](x "onerror=alert(1)")',
  "[a]: javascript:alert(1)\n\n[a]",
  "<a href='javascript:alert(1)'>x</a>",
  "<details open ontoggle=alert(1)>",
  "- [x] <svg onload=alert(1)>",
])("nothing of %s is more than text or a link", (text) => {
  const shown = html(`# A\n\n${text}\n`);
  const tags = [...shown.matchAll(/<(\w+)([^>]*)>/g)];
  expect(
    tags.map(([, name]) => name).filter((name) => !/^(div|p|a|span|ul|li|br|button)$/.test(name ?? "")),
  ).toEqual([]);
  for (const [, , attributes = ""] of tags)
    expect(attributes).not.toMatch(/\son\w+=|javascript:|data:|src=/i);
});

test("links open apart and lead to the web or to mail only", () => {
  expect(html("[rules](https://example.com/a?b=1)")).toContain(
    'href="https://example.com/a?b=1" target="_blank" rel="noopener noreferrer nofollow"',
  );
  expect(safeAddress("mailto:ann@example.com")).toBe("mailto:ann@example.com");
  for (const no of [
    "javascript:1",
    "file:///etc/passwd",
    "/relative",
    "#top",
    "vbscript:1",
    "blob:https://a",
    " java\nscript:1",
  ])
    expect(safeAddress(no)).toBeNull();
});

test("a long text begins with whole paragraphs, and one that is all brackets is still read", () => {
  const long = "A paragraph of some words.\n\n".repeat(20_000);
  expect(markdownStart(long).length).toBeLessThan(6_100);
  expect(markdownStart(long).endsWith(".")).toBe(true);
  for (const mean of [
    "[".repeat(6_000),
    ">".repeat(6_000),
    "*a **b ".repeat(900),
    "- ".repeat(3_000),
    "`".repeat(6_000),
  ]) {
    expect(html(`# x\n\n${mean}`).length).toBeGreaterThan(100);
    expect(fastestMs(() => html(`# x\n\n${mean}`), 2)).toBeLessThan(1_500);
  }
  expect(markdownBlocks("a")).toHaveLength(1);
});
