import type { PrismaClient } from "@/lib/db/generated/client";
import type { RecordedOutput } from "@/lib/dev/replay/recorded-stream";
import { canonicalJson } from "@/lib/ingest/canonical-json";

const AT_ONCE = 5_000;

/** Compares what the database has with what was sent, value by value; names the outputs that differ. */
export async function differentOutputs(
  db: PrismaClient,
  projectId: string,
  sent: readonly RecordedOutput[],
): Promise<{ read: number; different: string[] }> {
  const byId = new Map(sent.map((record) => [record.id, record]));
  const different: string[] = [];
  let read = 0;
  for (let after = ""; ; ) {
    const rows = await db.$queryRaw<
      { id: string; input: string; output: string; segments: string; at: Date }[]
    >`
      SELECT external_id AS id, input::text, output::text, segments::text, occurred_at AS at FROM output
      WHERE project_id = ${projectId}::uuid AND external_id > ${after} ORDER BY external_id LIMIT ${AT_ONCE}`;
    for (const row of rows) {
      const record = byId.get(row.id);
      const isEqual =
        record !== undefined &&
        canonicalJson(JSON.parse(row.input)) === canonicalJson(record.input) &&
        canonicalJson(JSON.parse(row.output)) === canonicalJson(record.output) &&
        canonicalJson(JSON.parse(row.segments)) === canonicalJson(asTexts(record.segments)) &&
        row.at.getTime() === Date.parse(record.occurredAt);
      if (!isEqual) different.push(row.id);
    }
    read += rows.length;
    after = rows.at(-1)?.id ?? "";
    if (rows.length < AT_ONCE) return { read, different };
  }
}

function asTexts(segments: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(segments).map(([name, value]) => [name, String(value).normalize("NFC").trim()]),
  );
}
