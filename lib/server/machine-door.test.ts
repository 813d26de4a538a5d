import { expect, test } from "vitest";
import { doorFinder } from "./machine-door";

const handle = () => undefined;
const find = doorFinder([
  { method: "POST", path: "/api/v1/outputs", handle },
  { method: "POST", path: "/api/v1/hooks/[source]", handle },
]);

test.each([
  ["POST", "/api/v1/outputs", {}],
  ["POST", "/api/v1/outputs?strict=1", {}],
  ["POST", "/api/v1/hooks/bank", { source: "bank" }],
  ["POST", "/api/v1/hooks/a%2Fb", { source: "a/b" }],
])("finds %s %s", (method, url, params) => {
  expect(find(method, url)?.params).toEqual(params);
});

test.each([
  ["GET", "/api/v1/outputs"],
  ["POST", "/api/v1/outputs/"],
  ["POST", "/api/v1/output"],
  ["POST", "/api/v1/hooks/"],
  ["POST", "/api/v1/hooks/a/b"],
  ["POST", "/api/v1/hooks/%E0%A4%A"],
])("leaves %s %s to the pages", (method, url) => {
  expect(find(method, url)).toBeNull();
});
