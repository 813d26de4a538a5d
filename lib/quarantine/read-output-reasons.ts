import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";

const stored = z.array(
  z.object({
    code: z.string(),
    path: z.string(),
    observed: z.union([z.string(), z.number(), z.boolean()]).nullish(),
    expected: z.string().optional(),
  }),
);

/** What was found in an output when it came in, and the contract that looked at it; null where nothing was found. */
export async function readOutputReasons({ db, project }: Pick<Ctx, "db" | "project">, id: string) {
  const row = await db.output.findUnique({
    where: { projectId_id: { projectId: project.id, id } },
    select: { reasons: true, contractVersion: true },
  });
  if (!row?.reasons) return null;
  return { contractVersion: row.contractVersion, reasons: stored.parse(row.reasons) };
}
