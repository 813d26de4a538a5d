import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { breakerFacts } from "./breaker-words";
import { endInputIncident } from "./end-input-incident";
import { openInputIncident } from "./open-input-incident";

const pathsSchema = z.array(z.object({ path: z.string(), records: z.number() }));

/** Makes the incident of a breaker what the breaker is: open, or over. Safe to run twice and in any order; the breaker decides. */
export async function reportBreaker(db: PrismaClient, projectId: string, breakerId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.$queryRaw`
      SELECT 1 FROM contract_breaker WHERE project_id = ${projectId}::uuid AND id = ${breakerId}::uuid FOR UPDATE`;
    const breaker = await tx.contractBreaker.findUnique({
      where: { projectId_id: { projectId, id: breakerId } },
    });
    if (!breaker) return;
    const about = { kind: "contract_broken" as const, subject: `${breaker.code} ${breaker.id}` };
    const facts = breakerFacts({ ...breaker, paths: pathsSchema.parse(breaker.paths) });
    await openInputIncident(tx, { projectId }, { ...about, facts });
    if (breaker.closedHow === null) return;
    const reason = breaker.closedHow === "published" ? "published" : "over";
    await endInputIncident(tx, { projectId }, { ...about, reason });
  });
}
