import { Prisma } from "@/lib/db/generated/client";
import { isAssigned, isServed } from "./eligible";
import type { QueueName } from "./wire-schema";

const KIND = Prisma.sql`
  (SELECT re_serving.kind FROM review_occasion re_serving
   WHERE re_serving.project_id = slot.project_id AND re_serving.output_id = slot.output_id
     AND re_serving.occasion = slot.occasion)`;

const CONDITION: Readonly<Record<QueueName, Prisma.Sql>> = {
  // Re-servings that measure people are among the samples: nothing tells them apart.
  review: Prisma.sql`(slot.occasion > 0 OR slot.look < 3) AND coalesce(${KIND} <> 'DIAGNOSTIC', true)`,
  adjudicate: Prisma.sql`slot.occasion = 0 AND slot.look = 3`,
  // What waits as a sample too is looked at as such first: nobody judges a sample whose output they have seen here.
  diagnostic: Prisma.sql`slot.occasion > 0 AND ${KIND} = 'DIAGNOSTIC' AND NOT EXISTS (
    SELECT 1 FROM review_slot sampled WHERE sampled.project_id = slot.project_id AND sampled.output_id = slot.output_id
      AND sampled.occasion = 0 AND sampled.state = 'OPEN')`,
};

/** Whether a row called `slot` is served in a queue, and not meant for somebody else than this person. */
export function inQueueOf(queue: QueueName, reviewerId: string): Prisma.Sql {
  return Prisma.sql`${CONDITION[queue]} AND (slot.assignee_id IS NULL OR slot.assignee_id = ${reviewerId}::uuid)`;
}

/** The same, and this person may take it: neither they nor the queue is paused, and they are given such outputs. */
export function takeableFrom(
  queue: QueueName,
  person: { projectId: string; reviewerId: string },
): Prisma.Sql {
  return Prisma.sql`${inQueueOf(queue, person.reviewerId)} AND ${isServed(person)} AND ${isAssigned(person)}`;
}

/** Whether a review was made in this queue: hand-picked outputs are counted, and taken back, apart from the rest. */
export function reviewedIn(queue: QueueName, review = Prisma.sql`review`): Prisma.Sql {
  return Prisma.sql`(${queue} = 'diagnostic') = EXISTS (
    SELECT 1 FROM review_occasion picked WHERE picked.project_id = ${review}.project_id
      AND picked.output_id = ${review}.output_id AND picked.occasion = ${review}.occasion AND picked.kind = 'DIAGNOSTIC')`;
}
