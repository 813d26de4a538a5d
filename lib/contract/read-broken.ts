import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import type { BrokenPlace } from "./loosen-rules";
import { shapeSignature } from "./shape";

/** Of the newest outputs so many are looked at, and of what is held back as many. */
const NEWEST = 5_000;
const SHAPED = 200;
const MOST_PLACES = 50;
const MOST_VALUES = 100;

const shown = z.union([z.string(), z.number(), z.boolean()]).nullable();
const foundRow = z.object({ path: z.string(), observed: shown, records: z.number() });
const shapedRow = z.object({ path: z.string(), value: z.unknown() });

/** Where one reason was found in what came last, and what the records held there: taken and held back alike. */
export async function readBroken(
  { db, project }: Pick<Ctx, "db" | "project">,
  code: string,
): Promise<BrokenPlace[]> {
  const rows = z.array(foundRow).parse(
    await db.$queryRaw`
      SELECT reason ->> 'path' AS path, reason -> 'observed' AS observed, count(*)::int AS records
      FROM (
        (SELECT reasons, flags @> ARRAY[${code}]::text[] AS hit FROM output
         WHERE project_id = ${project.id}::uuid AND phase = 'PRODUCTION' ORDER BY id DESC LIMIT ${NEWEST})
        UNION ALL
        (SELECT reasons, true FROM quarantine
         WHERE project_id = ${project.id}::uuid AND state = 'HELD' ORDER BY received_at DESC LIMIT ${NEWEST})) newest
      CROSS JOIN LATERAL jsonb_array_elements(newest.reasons) reason
      WHERE hit AND reason ->> 'code' = ${code}
      GROUP BY 1, 2 ORDER BY 3 DESC, 1, (reason -> 'observed')::text LIMIT 2000`,
  );
  const places = new Map<string, BrokenPlace & { observed: BrokenPlace["observed"][number][] }>();
  for (const { path, observed, records } of rows) {
    const known = places.get(path) ?? { code, path, observed: [], shapes: [] };
    if (known.observed.length < MOST_VALUES) known.observed.push({ value: observed, records });
    if (places.size < MOST_PLACES || places.has(path)) places.set(path, known);
  }
  if (code !== "STRUCT_UNSEEN_SHAPE") return [...places.values()];
  const shapes = await readShapes({ db, project }, code);
  return [...places.values()].map((place) => ({ ...place, shapes: shapes.get(place.path) ?? [] }));
}

/** New forms are seen in the outputs themselves; most first. */
async function readShapes(
  { db, project }: Pick<Ctx, "db" | "project">,
  code: string,
): Promise<Map<string, string[]>> {
  const rows = z.array(shapedRow).parse(
    await db.$queryRaw`
      SELECT reason ->> 'path' AS path, CASE reason ->> 'path' WHEN '/input' THEN input WHEN '/output' THEN output END AS value
      FROM (SELECT * FROM output WHERE project_id = ${project.id}::uuid AND phase = 'PRODUCTION' ORDER BY id DESC LIMIT ${NEWEST}) newest
      CROSS JOIN LATERAL jsonb_array_elements(newest.reasons) reason
      WHERE flags @> ARRAY[${code}]::text[] AND reason ->> 'code' = ${code} AND reason ->> 'path' IN ('/input', '/output')
      LIMIT ${SHAPED}`,
  );
  const shapes = new Map<string, Map<string, number>>();
  for (const { path, value } of rows) {
    const counts = shapes.get(path) ?? new Map<string, number>();
    const shape = shapeSignature(value);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
    shapes.set(path, counts);
  }
  return new Map(
    [...shapes].map(([path, counts]) => [
      path,
      [...counts].toSorted((a, b) => b[1] - a[1]).map(([shape]) => shape),
    ]),
  );
}
