import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ChatView } from "./chat-view";
import { imageAddress } from "./image-address";
import { type ImageHosts, ImageHostsContext } from "./image-hosts";
import { ImageView } from "./image-view";
import { MarkdownView } from "./markdown-view";
import { RecordTable } from "./record-table";
import { ValueTree } from "./value-tree";

const LISTED: ImageHosts = { hosts: ["images.example.com"], settingHref: null };
const MANAGER: ImageHosts = { ...LISTED, settingHref: "/demo/setting/review" };
const GOOD = "https://images.example.com/scans/page-1.png";

const within = (hosts: ImageHosts | null, element: React.ReactElement) =>
  renderToStaticMarkup(createElement(ImageHostsContext, { value: hosts }, element));
const shown = (text: string, hosts: ImageHosts | null = LISTED) =>
  within(hosts, createElement(ImageView, { text, label: "scan" }));
/** What a browser would load of it. */
const loads = (html: string) => [...html.matchAll(/<img[^>]*? src="([^"]*)"/g)].map(([, src]) => src);

test("a listed host's image is shown with its text, says nothing of the page, and is no bigger than it may be", () => {
  const html = shown(`${GOOD}?size=2&x=1`);
  expect(loads(html)).toEqual([`${GOOD}?size=2&amp;x=1`]);
  for (const part of [
    'referrerPolicy="no-referrer"',
    'loading="lazy"',
    'alt="scan: page-1.png"',
    "max-h-[28rem]",
    "max-w-full",
  ])
    expect(html).toContain(part);
  expect(html).toContain(`${GOOD}?size=2&amp;x=1</p>`);
});

test.each([
  ["another host", "https://evil.example.com/page-1.png"],
  ["a host that ends like it", "https://evilimages.example.com/page-1.png"],
  ["a host that begins like it", "https://images.example.com.evil.example/page-1.png"],
  ["a host below it", "https://a.images.example.com/page-1.png"],
  ["the host in a user's name", "https://images.example.com@evil.example.com/page-1.png"],
  ["a user's name", "https://me:secret@images.example.com/page-1.png"],
  ["another port", "https://images.example.com:8443/page-1.png"],
  ["no https", "http://images.example.com/page-1.png"],
  ["no protocol", "//images.example.com/page-1.png"],
  ["a data address", "data:image/png;base64,iVBORw0KGgo="],
  ["a script", "javascript:alert(1)//images.example.com/page-1.png"],
  ["a blob", "blob:https://images.example.com/page-1.png"],
  ["a drawing, which can hold much", "https://images.example.com/page-1.svg"],
  ["no image", "https://images.example.com/page-1.pdf"],
  ["words around it", `See ${GOOD}`],
  ["a back slash", "https:\\\\images.example.com\\page-1.png"],
  ["a host behind a back slash", "https://evil.example.com\\@images.example.com/page-1.png"],
  ["a trailing dot", "https://images.example.com./page-1.png"],
  ["a very long one", `https://images.example.com/${"a".repeat(2_100)}.png`],
])("%s stays text", (_name, text) => {
  for (const hosts of [LISTED, MANAGER]) {
    const html = shown(text, hosts);
    expect(loads(html)).toEqual([]);
    expect(html).toContain("<p");
  }
});

test("capital letters are the same host; what is read is what is loaded", () => {
  expect(loads(shown("https://IMAGES.example.com/a/../b.png"))).toEqual(["https://images.example.com/b.png"]);
});

test("nothing loads where no list is, or an empty one", () => {
  expect(loads(shown(GOOD, null))).toEqual([]);
  expect(loads(shown(GOOD, { hosts: [], settingHref: null }))).toEqual([]);
});

test("only who may change the list is told of it, and only about images", () => {
  const other = "https://other.example.com/page-1.png";
  expect(shown(other, MANAGER)).toContain("other.example.com is not on the list of hosts");
  expect(shown(other, MANAGER)).toContain('href="/demo/setting/review"');
  expect(shown(other, LISTED)).not.toContain("list of hosts");
  expect(shown("https://other.example.com/page", MANAGER)).not.toContain("list of hosts");
});

test("every way of showing asks the same question", () => {
  const evil = "https://evil.example.com/page-1.png";
  const markdown = `![A scan](${GOOD}) and ![a trap](${evil})`;
  expect(loads(within(LISTED, createElement(MarkdownView, { text: markdown })))).toEqual([GOOD]);
  const rows = [{ scan: GOOD }, { scan: evil }];
  expect(loads(within(LISTED, createElement(RecordTable, { columns: ["scan"], rows, label: "t" })))).toEqual([
    GOOD,
  ]);
  const said = (url: string) => [
    { kind: "other" as const, value: { type: "image_url", image_url: { url } } },
  ];
  const turns = [GOOD, evil].map((url) => ({ role: "user", who: "person" as const, parts: said(url) }));
  const Message = ({ text }: { text: string }) => text;
  expect(loads(within(LISTED, createElement(ChatView, { turns, Message })))).toEqual([GOOD]);
  const tree = { a: GOOD, b: { c: evil }, d: "data:image/png;base64,iVBORw0KGgo=" };
  expect(loads(within(LISTED, createElement(ValueTree, { value: tree, label: "t" })))).toEqual([GOOD]);
});

test("where an image is meant, its address may look like anything", () => {
  expect(imageAddress("https://images.example.com/4711")).toBeNull();
  expect(imageAddress("https://images.example.com/4711", true)).toMatchObject({ host: "images.example.com" });
  expect(imageAddress("http://images.example.com/4711", true)).toBeNull();
});
