import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extendTailwindMerge } from "tailwind-merge";
import { expect, test } from "vitest";
import { cn } from "./class-names";

const whole = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["2xs"] }] }, theme: { shadow: ["raised", "float"] } },
});

/** Every word in a text of the sources that could be a class, without its conditions; of those that differ in a number only, one. */
function usedClasses(): string[] {
  const words = new Set<string>();
  for (const folder of ["app", "components"])
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".tsx")) continue;
      const source = readFileSync(join(folder, file), "utf8");
      for (const [, text = ""] of source.matchAll(/"([^"\n]*)"/g))
        for (const word of text.split(/\s+/))
          if (/^[!-]?[a-z@[][\w:/.[\]()%,&>*='#+!-]*$/.test(word))
            words.add(word.split(/:(?![^[]*\])/).at(-1) ?? "");
    }
  const byKind = new Map([...words].map((word) => [word.replaceAll(/\d+/g, "0"), word]));
  // Known to either: what neither knows stays beside everything.
  const known = (word: string) => whole(`${word} ${word}`) === word || cn(`${word} ${word}`) === word;
  return [...byKind.values()].filter(known);
}

test("of any two classes that the sources use, the same ones stay as with tailwind-merge", () => {
  const bases = usedClasses();
  const wrong: string[] = [];
  let pairs = 0;
  let conflicts = 0;
  for (const first of bases)
    for (const second of bases) {
      if (first === second) continue;
      const both = `${first} ${second}`;
      const expected = whole(both);
      pairs += 1;
      if (expected !== both) conflicts += 1;
      if (cn(both) !== expected) wrong.push(`${both} → ${cn(both)}, not ${expected}`);
    }
  expect(wrong).toEqual([]);
  expect(pairs).toBeGreaterThan(50_000);
  expect(conflicts).toBeGreaterThan(1_500);
});

test("conditions are part of what a class sets", () => {
  expect(cn("h-10 sm:h-8", "h-12")).toBe("sm:h-8 h-12");
  expect(cn("px-3 hover:bg-hover", false, "p-1 hover:bg-sunken")).toBe("p-1 hover:bg-sunken");
  expect(cn("[&_svg]:size-4", "[&_svg]:size-5", "size-4")).toBe("[&_svg]:size-5 size-4");
});
