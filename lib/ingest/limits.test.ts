import { describe, expect, it } from "vitest";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { makeSampledProject, type SampledProject } from "@/lib/testing/store-outputs";
import { createAdmission } from "./admission";
import { createCommitQueue } from "./commit-queue";
import { isPassingFault } from "./database-fault";
import { foldSchedule } from "./enqueue-follow-up";
import { keyRateLimit } from "./key-rate-limit";
import type { PreparedRequest } from "./prepared";
import { Refusal } from "./refusal";

const { db, pool } = await testDatabase();

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

describe("a key that sends too fast", () => {
  it("is told when to come again, and others are not held up", () => {
    let now = 0;
    const limit = keyRateLimit({ requestsPerSecond: 2, bytesPerSecond: 1_000 }, () => now);
    expect(limit("a", 10)).toMatchObject({ RateLimit: '"requests";r=1;t=1' });
    limit("a", 10);
    const refusal = refusalOf(() => limit("a", 10));
    expect(refusal).toMatchObject({ status: 429, reason: "rate_limit", options: { retryAfterSeconds: 1 } });
    expect(limit("b", 10)).toMatchObject({ RateLimit: '"requests";r=1;t=1' });
    now = 500;
    expect(limit("a", 10)).toMatchObject({ RateLimit: '"requests";r=0;t=1' });
  });

  it("pays for large bodies with time", () => {
    let now = 0;
    const limit = keyRateLimit({ requestsPerSecond: 100, bytesPerSecond: 1_000 }, () => now);
    limit("a", 4_000);
    expect(refusalOf(() => limit("a", 1)).options.retryAfterSeconds).toBe(3);
    now = 2_900;
    expect(refusalOf(() => limit("a", 1)).status).toBe(429);
    now = 3_100;
    expect(limit("a", 1)).toBeDefined();
  });
});

it("admission bounds requests and bytes, and gives back what a request held", () => {
  const admission = createAdmission({ requests: 2, bytes: 100 });
  const first = admission.enter();
  const second = admission.enter();
  expect(refusalOf(() => admission.enter())).toMatchObject({ status: 503, options: { close: true } });
  first.hold(60);
  expect(refusalOf(() => second.hold(60)).options.retryAfterSeconds).toBeGreaterThan(0);
  first.leave();
  second.hold(60);
  second.leave();
  admission.enter().hold(100);
});

it("one transaction now and then leaves the job", () => {
  let now = 0;
  const mustFold = foldSchedule(() => now);
  expect([mustFold("a"), mustFold("a"), mustFold("b")]).toEqual([true, false, true]);
  now = 701;
  expect(mustFold("a")).toBe(true);
});

it("faults that pass are told apart from bugs", () => {
  const state = (code: string) => Object.assign(new Error("x"), { code });
  for (const code of ["08006", "53100", "53300", "57P01", "57014", "25006", "40001", "40P01", "55P03"])
    expect(isPassingFault(state(code)), code).toBe(true);
  for (const code of ["23503", "22P02", "42P01", "23505"])
    expect(isPassingFault(state(code)), code).toBe(false);
  expect(isPassingFault(new Error("Connection terminated unexpectedly"))).toBe(true);
  expect(isPassingFault(state("ECONNREFUSED"))).toBe(true);
  expect(isPassingFault(new TypeError("x is not a function"))).toBe(false);
});

describe("group commit", () => {
  function quarantining({ project, sourceId }: SampledProject, projectId = project.id): PreparedRequest {
    const { slug, timeZone, samplingScope, sealedSamplingSecret, truthCoverage } = project;
    const raw = Buffer.from("x");
    return {
      requestId: newId(),
      sender: {
        project: { id: projectId, slug, timeZone, samplingScope, sealedSamplingSecret, truthCoverage },
        source: { id: sourceId, recordedHistory: false },
        actor: { kind: "webhook", sourceId },
      },
      receivedAt: new Date(),
      outputs: [],
      quarantined: [
        {
          index: 0,
          id: newId(),
          externalId: null,
          contractVersion: null,
          raw,
          reasons: [{ code: "PARSE_INVALID_JSON", path: "" }],
        },
      ],
      idempotency: null,
      unexpected: new Map(),
    };
  }

  it("shares commits, and a fault of one request fails no other", async () => {
    const sampled = await makeSampledProject(db);
    const queue = createCommitQueue(pool);
    const commits = async () => {
      const { rows } = await pool.query<{ count: number }>(
        "SELECT count(DISTINCT xmin::text)::int AS count FROM quarantine",
      );
      return rows[0]?.count ?? 0;
    };
    const requests = Array.from({ length: 40 }, () => quarantining(sampled));
    const answers = await Promise.all(requests.map((request) => queue.store(request)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(await commits()).toBeLessThanOrEqual(10);
    const mixed = [
      quarantining(sampled),
      quarantining(sampled, newId()),
      quarantining(sampled),
      quarantining(sampled),
    ];
    const settled = await Promise.allSettled(
      [...mixed, quarantining(sampled)].map((request) => queue.store(request)),
    );
    expect(settled.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(await db.quarantine.count({ where: { projectId: sampled.project.id } })).toBe(44);
  });
});
