import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { INSTANCE_PAGES, LEFT_OUT, PROJECT_PAGES } from "./page-list";

const files = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((file) => `app/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith("/page.tsx"));

/** Addresses of the files of pages, with what stands for something in brackets. */
function addressesOf(files: readonly string[]): string[] {
  return files
    .map((file) => `/${file.replace(/^app\//, "").replace(/\/?page\.tsx$/, "")}`)
    .map((address) => address.replace(/\/\([^)]+\)/g, "") || "/")
    .sort();
}

const MEASURED = [
  ...PROJECT_PAGES.map((page) => `/[project]/${page.replace(/\?.*/, "")}`.replace(/\/$/, "")),
  ...INSTANCE_PAGES,
];

/** Neither measured nor left out for a reason, or gone. */
function differences(pages: readonly string[]): string[] {
  const known = new Set([...MEASURED, ...Object.keys(LEFT_OUT)]);
  const missing = pages.filter((page) => !known.has(page));
  return [...missing, ...[...known].filter((page) => !pages.includes(page))];
}

test("every page of the product is measured or left out for a reason", () => {
  const pages = addressesOf(files);
  expect(pages.length).toBeGreaterThan(40);
  expect(differences(pages)).toEqual([]);
});

test("a new page and one that is gone are seen", () => {
  const pages = addressesOf([...files, "app/(app)/[project]/planted/page.tsx"]);
  expect(differences(pages.filter((page) => page !== "/docs"))).toEqual(["/[project]/planted", "/docs"]);
});
