import { newId } from "@/lib/core/id";
import type { Prisma, PrismaClient } from "@/lib/db/generated/client";

/** A view of the outputs page, for everybody unless it has an owner. Returns its id. */
export async function makeView(
  db: PrismaClient,
  project: { id: string },
  settings: Partial<Prisma.SavedViewUncheckedCreateInput> = {},
): Promise<string> {
  const id = newId();
  await db.savedView.create({
    data: { projectId: project.id, id, kind: "OUTPUTS", name: id, query: "?verdict=incorrect", ...settings },
  });
  return id;
}
