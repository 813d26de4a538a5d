import { newId } from "@/lib/core/id";
import type { PrismaClient, Project } from "@/lib/db/generated/client";

/** An open breaker of a code of its own, since one of each is open at a time. Returns its id. */
export async function makeBreaker(
  db: PrismaClient,
  project: Pick<Project, "id">,
  senderFault: string | null = null,
): Promise<string> {
  const id = newId();
  await db.contractBreaker.create({
    data: {
      projectId: project.id,
      id,
      episodeId: id,
      code: `TEST_${id}`,
      version: 0,
      since: new Date(),
      records: 200,
      hits: 100,
      expected: 0,
      paths: [],
      senderFault,
    },
  });
  return id;
}
