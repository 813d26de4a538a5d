import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { inputFactsSchema, type InputFacts, type InputIncidentKind } from "./input-schema";

/** Kinds that pages about inputs say in a line of their own, beside a broken contract and a silence. */
const KINDS: readonly InputIncidentKind[] = ["volume_changed", "labels_late", "segments_exploded"];
const MOST = 10;

export interface OpenFinding {
  incidentId: string;
  facts: InputFacts;
}

/** What is so of the inputs as a whole and lasts, the newest first. */
export async function readOpenFindings({ db, project }: Pick<Ctx, "db" | "project">): Promise<OpenFinding[]> {
  const incidents = await db.incident.findMany({
    where: { projectId: project.id, kind: { in: [...KINDS] }, state: { not: "RESOLVED" } },
    orderBy: { openedAt: "desc" },
    take: MOST,
    select: { id: true, facts: true },
  });
  return z
    .array(z.object({ id: z.uuid(), facts: inputFactsSchema }))
    .parse(incidents)
    .map(({ id, facts }) => ({ incidentId: id, facts }));
}
