import type { Ctx } from "@/lib/core/ctx";
import { pool } from "@/lib/db/pool";
import { judgeArriving } from "@/lib/drift/judge-arriving";
import { judgePilot } from "@/lib/review/judge-pilot";
import { openFrame } from "@/lib/sampling/sampling-frame";
import type { HeldParts } from "./settle-held";

/** What settling held records needs of later domains, as the doors get it. */
export function heldParts({ db }: Pick<Ctx, "db">): HeldParts {
  return {
    pool: pool("web"),
    openFrame: (project, clock, instants) => openFrame(db, { project, clock, instants }),
    flagUnusual: (projectId, records) => judgeArriving(db, projectId, records),
    judgePilot: (projectId, receivedAt, truths) => judgePilot(db, projectId, receivedAt, truths),
  };
}
