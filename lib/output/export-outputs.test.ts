import { beforeAll, describe, expect, it } from "vitest";

import type { Ctx } from "@/lib/core/ctx";
import { streamOfTexts } from "@/lib/core/text-stream";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";

import { exportedRows, exportOutputs } from "./export-outputs";
import { outputExportSchema } from "./export-schema";
import { searchOf } from "./read-outputs";

const database = await testDatabase();
const { db } = database;
const COUNT = 260;
let ctx: Ctx;

beforeAll(async () => {
  const own = await makeSampledProject(db, { plan: { reviewsPerWeek: 500, expectedPerDay: 5 } });
  const outputs = Array.from({ length: COUNT }, (_, index) => ({
    externalId: index === 0 ? "=HYPERLINK(1)" : `own-${String(index).padStart(3, "0")}`,
    instant: new Date(Date.parse("2026-03-01T09:00:00.000Z") + index * 3_600_000),
    segments: { device: index % 2 === 0 ? "ios" : "=1+1" },
    input: { text: `"quoted", and\nbroken ${index}` },
    output: { label: index },
  }));
  await storeOutputs(database, own, outputs);
  ctx = contextFor(db, own.project);
});

async function whole(query: Record<string, unknown>, withPayload = true): Promise<string> {
  const parts: string[] = [];
  for await (const text of await exportOutputs(ctx, outputExportSchema.parse(query), withPayload))
    parts.push(text);
  return parts.join("");
}

const jsonRows = (file: string) =>
  file
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Record<string, unknown> => JSON.parse(line));

describe("an export", () => {
  it("holds exactly what the filter finds, in its order, with documents as they are", async () => {
    const rows = jsonRows(await whole({ format: "jsonl", segment: "device=ios", sort: "oldest" }));
    expect(rows).toHaveLength(COUNT / 2);
    expect(rows.map((row) => row.output)).toEqual(
      Array.from({ length: COUNT / 2 }, (_, at) => ({ label: at * 2 })),
    );
    expect(rows[1]).toMatchObject({
      external_id: "own-002",
      segments: { device: "ios" },
      input: { text: '"quoted", and\nbroken 2' },
      phase: "production",
      design_weight: null,
    });
    expect(await whole({ format: "jsonl", segment: "device=none" })).toBe("");
  });
  it("is looked for in a part of the outputs at a time, however few it finds", async () => {
    const filter = { segment: ["device==1+1"], id: undefined };
    const search = await searchOf(ctx, filter, { sort: "newest", withPayload: true });
    const batches: number[] = [];
    const seen = new Set<string>();
    for await (const rows of exportedRows(ctx, { ...search, most: 30 })) {
      batches.push(rows.length);
      for (const row of rows) seen.add(row.id);
    }
    expect(seen.size).toBe(COUNT / 2);
    expect(batches).toHaveLength(Math.ceil(COUNT / 30));
  });
  it("as CSV guards what a spreadsheet would run", async () => {
    const file = await whole({ sort: "oldest" });
    const lines = file.split("\r\n");
    expect(lines).toHaveLength(COUNT + 2);
    expect(lines[0]?.split(",").slice(0, 4)).toEqual(["id", "external_id", "occurred_at", "day"]);
    expect(lines[1]).toContain(",'=HYPERLINK(1),");
    expect(lines[1]).toContain(`,"{""text"": ""\\""quoted\\"", and\\nbroken 0""}",`);
  });
  it("says nothing of what may not be seen, and is noted before its first line", async () => {
    const rows = jsonRows(await whole({ format: "jsonl", id: "own-00" }, false));
    expect(rows).toHaveLength(9);
    expect(rows.every((row) => row.input === null && row.output === null)).toBe(true);
    await exportOutputs(ctx, outputExportSchema.parse({ verdict: "incorrect" }), false);
    const noted = await db.auditEvent.findMany({
      where: { projectId: ctx.project.id },
      orderBy: { seq: "desc" },
    });
    expect(noted[0]).toMatchObject({
      action: "output.export",
      details: { format: "csv", filter: "verdict=incorrect", with_payload: false },
    });
  });
  it("stops reading when whoever asked goes away", async () => {
    let asked = 0;
    const texts = async function* () {
      try {
        for (;;) {
          asked += 1;
          yield "line\n";
        }
      } finally {
        asked = -1;
      }
    };
    const reader = streamOfTexts(texts()).getReader();
    await reader.read();
    expect(asked).toBeLessThan(6);
    await reader.cancel();
    expect(asked).toBe(-1);
  });
});
