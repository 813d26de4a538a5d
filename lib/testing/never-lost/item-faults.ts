import { randomUUID } from "node:crypto";
import { claimSlot } from "@/lib/review/claim-slot";
import { submitReview } from "@/lib/review/submit-review";
import { amid, type Lane, type Manner, ready } from "./lane";

/** More than what one lane hands on between two of these. */
const MOST_CLAIMS = 12;

async function slotOf(lane: Lane): Promise<{ id: string; outputId: string; reference: string } | null> {
  const { seen } = await ready(lane);
  if (seen.reference === null) return null;
  const [slot] = await lane.servers.db.$queryRaw<{ id: string; outputId: string }[]>`
    SELECT slot.id, slot.output_id AS "outputId" FROM review_slot slot
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    WHERE slot.project_id = ${lane.queue.project.id}::uuid AND output.external_id = ${seen.reference}`;
  return slot ? { ...slot, reference: seen.reference } : null;
}

/** A lease that runs out; `taken`: somebody else has judged the item by then. */
export async function leaseExpired(lane: Lane, manner: Manner, taken: boolean): Promise<boolean> {
  const { db } = lane.servers;
  const slot = await slotOf(lane);
  if (!slot) return false;
  let judged = false;
  await amid(lane, manner, async () => {
    await db.$executeRaw`UPDATE review_slot SET lease_expires_at = clock_timestamp() - interval '1 second'
      WHERE project_id = ${lane.queue.project.id}::uuid AND id = ${slot.id}::uuid`;
    if (!taken) return;
    const rival = { ...lane.queue.as(1), db };
    // What was handed on before comes first; that too is theirs now. When the screen has renewed its lease meanwhile, the item
    // never comes, and without an end all of the queue would be theirs.
    for (let tries = 0; tries < MOST_CLAIMS && !judged; tries += 1) {
      const claim = await claimSlot(rival);
      if (!claim) break;
      await submitReview(rival, {
        slotId: claim.slotId,
        leaseToken: claim.leaseToken,
        submissionKey: randomUUID(),
        answerSchemaId: lane.queue.formId,
        decision: { outcome: "ANSWERED", answer: { label: "yes" } },
      });
      judged = claim.slotId === slot.id;
    }
  });
  return judged || !taken;
}

export async function itemWithdrawn(lane: Lane, manner: Manner): Promise<boolean> {
  const slot = await slotOf(lane);
  if (!slot) return false;
  await amid(
    lane,
    manner,
    () => lane.servers.db.$executeRaw`
    UPDATE review_slot SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    WHERE project_id = ${lane.queue.project.id}::uuid AND id = ${slot.id}::uuid AND state = 'OPEN'`,
  );
  return true;
}

export async function itemErased(lane: Lane, manner: Manner): Promise<boolean> {
  const slot = await slotOf(lane);
  if (!slot) return false;
  const projectId = lane.queue.project.id;
  let erased = false;
  await amid(lane, manner, async () => {
    const { db } = lane.servers;
    if ((await db.review.count({ where: { projectId, outputId: slot.outputId } })) > 0) return;
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('assay.erasing_project', ${projectId}, true)`;
      await tx.$executeRaw`DELETE FROM review_reveal WHERE project_id = ${projectId}::uuid AND output_id = ${slot.outputId}::uuid`;
      await tx.$executeRaw`DELETE FROM review_slot WHERE project_id = ${projectId}::uuid AND output_id = ${slot.outputId}::uuid`;
      await tx.$executeRaw`DELETE FROM sample WHERE project_id = ${projectId}::uuid AND output_id = ${slot.outputId}::uuid`;
    });
    erased = true;
  });
  return erased;
}
