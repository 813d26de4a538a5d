import { expect, test } from "vitest";
import { safePath, safeRedirect } from "./safe-path";

test.each(["/", "/mail-room", "/mail-room/accuracy?segment=a%2Fb&to=//x", "/projects#top"])(
  "our own path stays: %s",
  (path) => {
    expect(safePath(path)).toBe(path);
  },
);

test.each([
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "evil.example",
  "http:///evil.example",
  "",
  null,
  ["/a"],
  `/${"a".repeat(1000)}`,
])("anything that could lead elsewhere is the first page: %j", (path) => {
  expect(safePath(path)).toBe("/");
});

test("next-auth's absolute addresses are ours or become the first page", () => {
  const base = "http://localhost:3000";
  expect(safeRedirect("/x", base)).toBe("http://localhost:3000/x");
  expect(safeRedirect("http://localhost:3000/x?y=1", base)).toBe("http://localhost:3000/x?y=1");
  for (const foreign of [
    "http://localhost:3000.evil.example/x",
    "http://localhost:3000@evil.example/",
    "//evil",
    "x",
  ]) {
    expect(safeRedirect(foreign, base)).toBe("http://localhost:3000/");
  }
});
