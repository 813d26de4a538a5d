import type { Tx } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { appendEvent } from "./append-event";
import { breakerFacts, joinedSentence } from "./breaker-words";
import { endInputIncident } from "./end-input-incident";
import { findOpen, openInputIncident } from "./open-input-incident";

const pathsSchema = z.array(z.object({ path: z.string(), records: z.number() }));
const countRow = z.tuple([z.object({ count: z.number() })]);

/**
 * Makes the incident of a breaker what its episode is: open with all codes of it, or over. Safe to run twice and in any order; the breakers
 * decide, and of two who report the same episode the second waits.
 */
export async function reportBreaker(db: PrismaClient, projectId: string, breakerId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const breaker = await tx.contractBreaker.findUnique({
      where: { projectId_id: { projectId, id: breakerId } },
    });
    if (!breaker) return;
    const { episodeId } = breaker;
    await tx.$queryRaw`
      SELECT 1 FROM contract_breaker WHERE project_id = ${projectId}::uuid AND episode_id = ${episodeId}::uuid ORDER BY id FOR UPDATE`;
    const stored = await tx.contractBreaker.findMany({
      where: { projectId, episodeId },
      orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    });
    const breakers = stored.map((each) => ({ ...each, paths: pathsSchema.parse(each.paths) }));
    // The first may stand behind another one by the clock of its server.
    const first = breakers.find(({ id }) => id === episodeId);
    if (!first) throw new Error("An episode without its first breaker.");
    const inOrder = [first, ...breakers.filter((each) => each !== first)];
    const about = { kind: "contract_broken" as const, subject: `${first.code} ${episodeId}` };
    const facts = breakerFacts(inOrder);
    const { incidentId, opened } = await openInputIncident(tx, { projectId }, { ...about, facts });
    const open = opened || (await findOpen(tx, projectId, about)) === incidentId;
    if (open) await noteJoined(tx, projectId, { incidentId, breakers: inOrder.slice(1), facts, opened });
    if (breakers.some(({ closedHow }) => closedHow === null)) return;
    const reason = breakers.some(({ closedHow }) => closedHow === "published") ? "published" : "over";
    await endInputIncident(tx, { projectId }, { ...about, reason });
  });
}

interface Joined {
  incidentId: string;
  breakers: readonly { id: string; code: string; hits: number; records: number }[];
  facts: ReturnType<typeof breakerFacts>;
  /** Just now, with all of them in its facts. */
  opened: boolean;
}

/** Codes that came later are one line each on the timeline, and part of what the incident says. */
async function noteJoined(
  tx: Tx,
  projectId: string,
  { incidentId, breakers, facts, opened }: Joined,
): Promise<void> {
  let added = 0;
  for (const breaker of breakers) {
    const known = await tx.$queryRaw`
      SELECT count(*)::int AS count FROM incident_event WHERE project_id = ${projectId}::uuid AND incident_id = ${incidentId}::uuid
        AND details ->> 'breaker' = ${breaker.id}`;
    if (countRow.parse(known)[0].count > 0) continue;
    const details = { breaker: breaker.id };
    await appendEvent(tx, projectId, { incidentId, kind: "noted", note: joinedSentence(breaker), details });
    added += 1;
  }
  if (added === 0 || opened) return;
  await tx.$executeRaw`
    UPDATE incident SET facts = ${JSON.stringify(facts)}::jsonb WHERE project_id = ${projectId}::uuid AND id = ${incidentId}::uuid`;
}
