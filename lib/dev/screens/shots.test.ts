import { expect, test } from "vitest";

import { listFiles } from "@/lib/testing/house-rules/source-files";

import { pageOfFile, pagesWithoutShot, SHOTS } from "./shots";

test("names of pictures are names of files, each once", () => {
  const names = SHOTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z-]+$/.test(name))).toEqual([]);
});

test("a page without a picture is noticed, and no picture is of a page that is gone", () => {
  const pages = listFiles(process.cwd(), "app")
    .filter((path) => path.endsWith("/page.tsx"))
    .map(pageOfFile);
  expect(pages.length).toBeGreaterThan(30);
  expect(pagesWithoutShot(["/[project]/forgotten", "/setup", "/[project]/accuracy"])).toEqual([
    "/[project]/forgotten",
  ]);
  expect(SHOTS.filter(({ page }) => !pages.includes(page)).map(({ name }) => name)).toEqual([]);
});
