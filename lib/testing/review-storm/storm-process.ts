/**
 * The use cases of reviewing behind HTTP, as a process that can be stopped and killed: pool, client and statements are those of the
 * product. Started by the storm only, which gives it an IPC channel.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { claimSlot } from "@/lib/review/claim-slot";
import { extendLeases } from "@/lib/review/extend-lease";
import { releaseLeases } from "@/lib/review/release-lease";
import { submitReview } from "@/lib/review/submit-review";
import { undoReview } from "@/lib/review/undo-review";
import { contextFor } from "@/lib/testing/make-project";
import { withFaults } from "@/lib/testing/with-fault";
import { type StormCall, stormCallSchema, stormSettingSchema } from "./storm-call";

const FORGETS_TOKEN = {
  statement: "WITH ended AS",
  from: "AND holder_id = ",
  to: "AND true OR false AND holder_id = ",
};
/** As the web pool of one process. */
const CONNECTIONS = 8;

const setting = stormSettingSchema.parse(JSON.parse(process.env["STORM_SETTING"] ?? "{}"));
const pool = createPool(process.env["DATABASE_URL"] ?? "", "storm", CONNECTIONS);
const client = createClient(pool);
const db = setting.forgetsToken ? withFaults(client, [FORGETS_TOKEN]) : client;

const server = createServer((request, response) => {
  void readText(request)
    .then((text) => answerTo(stormCallSchema.parse(JSON.parse(text))))
    .then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => {
        const known = error instanceof AppError;
        response.statusCode = known ? 409 : 500;
        response.end(
          JSON.stringify({ reason: known ? (error.details.reason ?? error.code) : String(error) }),
        );
      },
    );
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
// The storm is over, or is itself gone: nothing of this may outlive it.
process.once("disconnect", () => process.exit(0));

function contextOf(reviewer: number): Ctx {
  const person = setting.reviewers[reviewer];
  if (!person) throw new Error(`There is no reviewer ${reviewer}.`);
  const actor = {
    kind: "user",
    userId: person.id,
    sessionId: person.id,
    isAdmin: false,
    name: person.name,
  } as const;
  return contextFor(db, setting.project, actor);
}

async function answerTo(asked: StormCall): Promise<unknown> {
  const ctx = contextOf(asked.reviewer);
  switch (asked.call) {
    case "claim":
      return await claimSlot(ctx, { leaseSeconds: asked.leaseSeconds });
    case "extend":
      return await extendLeases(ctx, [asked]);
    case "release":
      return await releaseLeases(ctx, [asked]);
    case "submit":
      return await submitReview(ctx, {
        slotId: asked.slotId,
        leaseToken: asked.leaseToken,
        submissionKey: asked.key,
        answerSchemaId: setting.formId,
        comment: asked.key,
        decision:
          asked.outcome === "SKIPPED"
            ? { outcome: "SKIPPED", reason: "later" }
            : { outcome: "ANSWERED", answer: { label: asked.label } },
      });
    case "undo": {
      const { reviewId, item } = await undoReview(ctx, {
        which: "last",
        submissionKey: asked.key,
        leaseSeconds: asked.leaseSeconds,
      });
      return { reviewId, lease: item && { slotId: item.slotId, leaseToken: item.leaseToken } };
    }
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
