import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { KEY_SCOPES } from "@/lib/project/permission";
import { REASONS } from "@/lib/quarantine/reason";
import { machineDoors } from "./doors";
import { REFUSALS } from "./refusal";

const text = readFileSync("docs/interface.md", "utf8");

test("docs/interface.md names every door, scope, status and reason, and no reason that does not exist", () => {
  const doors = machineDoors.map(({ method, path }) => `\`${method} ${path.replace(/\[(\w+)\]/g, "{$1}")}\``);
  const scopes = KEY_SCOPES.map((scope) => `\`${scope}\``);
  const codes = Object.keys(REASONS).map((code) => `\`${code}\``);
  // 500 is a bug of ours, not a promise.
  const statuses = Object.keys(REFUSALS).filter((status) => status !== "500");
  expect([...doors, ...scopes, ...codes, ...statuses].filter((each) => !text.includes(each))).toEqual([]);
  const named = [...text.matchAll(/`([A-Z]+(?:_[A-Z0-9]+)+)`/g)].map(([, code]) => code ?? "");
  expect(named.filter((code) => !(code in REASONS))).toEqual([]);
  expect(named.length).toBeGreaterThanOrEqual(codes.length);
});
