import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { listOutputs } from "./list-outputs";
import { outputQuerySchema } from "./schema";

const { db, pool } = await testDatabase();
const made = await makeSampledProject(db);
const OUTPUTS: Record<string, Record<string, unknown>> = {
  number: { price: 12, kind: "new one" },
  text: { price: "20.5", kind: "old" },
  empty: { price: "  ", kind: null, note: "a longer text" },
  absent: { items: [1, 2, 3], "a/b": 1 },
  odd: { price: { amount: 3 }, kind: "1e400", "two words": "x" },
};
await storeOutputs(
  { db, pool },
  made,
  Object.entries(OUTPUTS).map(([externalId, output], at) => ({
    externalId,
    output,
    instant: new Date(Date.parse("2026-03-01T12:00:00Z") + at),
  })),
);
const ctx = contextFor(db, made.project, { kind: "system", job: "test" }, new Date("2026-03-02T12:00:00Z"));

async function found(field: string): Promise<string[]> {
  const page = await listOutputs(ctx, outputQuerySchema.parse({ field }), true);
  return page.outputs.map((output) => output.external_id).toSorted();
}

it.each([
  ["/output/kind = new one", ["number"]],
  ["/output/kind is missing", ["absent", "empty"]],
  ["/output/price is missing", ["absent", "empty"]],
  ["/output/price > 12", ["text"]],
  ["/output/price > 5 <= 12", ["number"]],
  ["/output/price <= 100", ["number", "text"]],
  ["/output/note#length > 5", ["empty"]],
  ["/output/items#items > 2 <= 3", ["absent"]],
  ["/output/a~1b = 1", ["absent"]],
  ["/output/two words = x", ["odd"]],
  ["/output/kind > 5", []],
  ["/output/kind = x' OR 'a' = 'a", []],
  ["no field at all", []],
])("%s", async (field, expected) => {
  expect(await found(field)).toEqual(expected);
});

it("is for those who may see payloads", async () => {
  const query = outputQuerySchema.parse({ field: "/output/kind = old" });
  await expect(listOutputs(ctx, query, false)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
