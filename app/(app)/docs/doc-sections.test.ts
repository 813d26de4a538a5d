import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { DOC_SECTIONS } from "@/components/docs/doc-sections";
import { listFiles } from "@/lib/testing/house-rules/source-files";

import { CONCEPTS } from "./concepts";
import { HONEST } from "./honest";

test("every section that pages and the palette lead to is there under that anchor and name, and none is missing", () => {
  expect(DOC_SECTIONS).toEqual([
    ...CONCEPTS.map(({ id, term }) => ({ href: `/docs#${id}`, term })),
    ...HONEST.map(({ id, term }) => ({ href: `/docs/numbers#${id}`, term })),
  ]);
});

test("every concept is explained from a page that uses it, and no page leads to an anchor that is not there", () => {
  const known = new Set<string>(DOC_SECTIONS.map(({ href }) => href));
  const linked = ["app", "components"]
    .flatMap((folder) => listFiles(process.cwd(), folder))
    .filter((path) => path.endsWith(".tsx"))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(/"(\/docs(?:\/\w+)?#[\w-]+)"/g)])
    .map(([, href]) => href ?? "");
  expect(linked.filter((href) => !known.has(href))).toEqual([]);
  expect([...known].filter((href) => !linked.includes(href))).toEqual([]);
});
