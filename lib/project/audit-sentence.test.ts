import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditSentence } from "./audit-sentence";

test("every action that the product writes has a sentence of its own", () => {
  const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !/\.test\.ts$|^(db\/generated|testing)\//.test(name),
  );
  const actions = new Set(
    files.flatMap((name) =>
      [...readFileSync(join("lib", name), "utf8").matchAll(/action: "([a-z-]+\.[a-z-]+)"/g)].map(
        (match) => match[1] ?? "",
      ),
    ),
  );
  expect(actions.size).toBeGreaterThan(20);
  const mute = [...actions].filter((action) => auditSentence(action).includes(":"));
  expect(mute).toEqual([]);
});

test("an unknown action is still readable", () => {
  expect(auditSentence("key.rotate-twice")).toBe("Key: rotate twice");
});
