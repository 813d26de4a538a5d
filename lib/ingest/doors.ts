import { mintProjectScope } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { inFlight } from "@/lib/core/in-flight";
import type { MachineDoor } from "@/lib/core/machine-door";
import { database } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { breakerWatch } from "@/lib/contract/breaker-watch";
import { contractInForce } from "@/lib/contract/contract-in-force";
import { recentValues } from "@/lib/contract/recent-values";
import { judgeArriving } from "@/lib/drift/judge-arriving";
import { judgePilot } from "@/lib/review/judge-pilot";
import { openFrame } from "@/lib/sampling/sampling-frame";
import { createAdmission, DEFAULT_ADMISSION } from "./admission";
import { hookFinder } from "./authenticate-hook";
import { checkDoor } from "./check-door";
import { databaseNow } from "./database-clock";
import { epochsDoor } from "./epochs-door";
import { ingestOutputs } from "./ingest-outputs";
import { hooksDoor } from "./hooks-door";
import { judgeAsked, judgeCounted } from "./judge-counted";
import { DEFAULT_RATE, keyRateLimit } from "./key-rate-limit";
import { type DoorParts, doorParts, outputsDoor } from "./outputs-door";
import type { OutputRecord } from "./output-record";
import type { ReadRecords } from "./read-records";
import { logsDoor, tracesDoor } from "./otlp-door";
import { releasesDoor, type SenderCtx } from "./releases-door";
import type { Sender } from "./sender";
import { truthDoor } from "./truth-door";

/** The one file that gives the doors what they may not import: Prisma's client and the rules of later domains. */
function createParts(): DoorParts {
  const db = database("ingest");
  const watch = breakerWatch(db);
  const recent = recentValues();
  const judgeBy = (judge: typeof judgeCounted) => async (sender: Sender, read: ReadRecords<OutputRecord>) => {
    const { id } = sender.project;
    await judge(await contractInForce(db, id), sender, { read, watch, recent });
    await judgeArriving(
      db,
      id,
      read.records.map(({ record }) => record),
    );
  };
  const parts = doorParts(pool("ingest"), {
    openFrame: (project, clock, instants) => openFrame(db, { project, clock, instants }),
    rateLimit: keyRateLimit(DEFAULT_RATE),
    judgeByContract: judgeBy(judgeCounted),
    judgeAsked: judgeBy(judgeAsked),
    judgePilot: (projectId, receivedAt, truths) => judgePilot(db, projectId, receivedAt, truths),
  });
  return { ...parts, admission: createAdmission(DEFAULT_ADMISSION, inFlight()) };
}

/** The address of the database is known once the server has started it, so the parts are made by the first request. */
function lazyDoor(path: string, make: (parts: DoorParts) => MachineDoor): MachineDoor {
  let door: MachineDoor | undefined;
  return {
    method: "POST",
    path,
    handle(request, response, params) {
      door ??= make((known ??= createParts()));
      return door.handle(request, response, params);
    },
  };
}
let known: DoorParts | undefined;

/**
 * Sends records as a source of a project, by the guards and in the transaction of the door but without a key: for what Assay itself
 * sends. @throws Error when one of them is not taken
 */
export async function sendAsSource(sender: Sender, records: readonly unknown[]): Promise<void> {
  const answer = await ingestOutputs((known ??= createParts()), sender, {
    bytes: Buffer.from(JSON.stringify(records)),
    form: "json",
    requestId: newId(),
    idempotency: null,
    strict: false,
  });
  const { received, accepted, flagged } = JSON.parse(answer) as Record<string, number>;
  if (received !== (accepted ?? 0) + (flagged ?? 0))
    throw new Error(`Not all was taken: ${answer.slice(0, 300)}`);
}

const contextOf: SenderCtx = ({ actor, project }, requestId) => ({
  db: database("web"),
  actor,
  project: mintProjectScope(project),
  now: databaseNow(),
  requestId,
});

export const machineDoors: readonly MachineDoor[] = [
  lazyDoor("/api/v1/outputs", outputsDoor),
  lazyDoor("/api/v1/hooks/[source]", (parts) => hooksDoor(parts, hookFinder(pool("ingest")))),
  lazyDoor("/api/v1/check", checkDoor),
  lazyDoor("/api/v1/ground-truth", (parts) => truthDoor(parts, pool("ingest"))),
  lazyDoor("/api/v1/otlp/v1/traces", tracesDoor),
  lazyDoor("/api/v1/otlp/v1/logs", (parts) => logsDoor(parts, pool("ingest"))),
  lazyDoor("/api/v1/releases", (parts) => releasesDoor(parts, contextOf)),
  lazyDoor("/api/v1/epochs/close", (parts) => epochsDoor(parts, contextOf)),
];
