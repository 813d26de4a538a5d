import { expect, test } from "vitest";
import { machineDoors } from "@/lib/ingest/doors";
import { checkDeclarations } from "./check-declarations";
import { entriesOf, pathsOfTree } from "./surface";
import { WHO_MAY } from "./who-may";

test("every page, route and door says who may come in, and the table of who may what says the same", async () => {
  const entries = await entriesOf(process.cwd(), pathsOfTree(process.cwd()), machineDoors);
  expect(checkDeclarations(entries, WHO_MAY)).toEqual([]);
  expect(entries.length).toBeGreaterThan(60);
});
