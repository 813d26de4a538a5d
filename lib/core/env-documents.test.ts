import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { envSchema } from "./env";

/** Set by the machinery itself; nobody writes them down by hand. */
const UNWRITTEN = ["NODE_ENV", "NEXTAUTH_URL"];
const names = Object.keys(envSchema.shape).filter((name) => !UNWRITTEN.includes(name));

test(".env.example names every variable, each switched off", () => {
  const lines = readFileSync(".env.example", "utf8").split("\n").slice(1).filter(Boolean);
  expect(lines.map((line) => /^# (\w+)=/.exec(line)?.[1] ?? line).toSorted()).toEqual(names.toSorted());
});

test("README's table explains every variable", () => {
  const table = readFileSync("README.md", "utf8").split("## Configuration")[1]?.split("\n## ")[0] ?? "";
  const cells = table.split("\n").flatMap((line) => /^\| (`.*?) \|/.exec(line)?.[1] ?? []);
  const explained = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ""));
  expect(explained.toSorted()).toEqual(names.toSorted());
});
