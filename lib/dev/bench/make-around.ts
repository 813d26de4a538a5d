import type pg from "pg";
import { createChannel } from "@/lib/alert/create-channel";
import { runBacktest } from "@/lib/backtest/run-backtest";
import { newId } from "@/lib/core/id";
import type { PrismaClient, Project } from "@/lib/db/generated/client";
import { pickOutputs } from "@/lib/review/pick-outputs";
import { createLink } from "@/lib/share/create-link";
import { makeBacktest } from "@/lib/testing/make-backtest";
import { contextFor } from "@/lib/testing/make-project";
import { syntheticSettings } from "@/lib/backtest/testing/synthetic-settings";

const PICKED = 40;
const DRAWS = 2;
/** Deliveries: so many, and more for each review. */
const DELIVERIES = { least: 100, each: 0.01 };

/** What else a project in use has: a backtest, outputs picked by hand, a shared picture, and a channel with what was sent by it. */
export async function makeAround(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  project: Project,
): Promise<void> {
  const ctx = contextFor(db, project);
  const settings = syntheticSettings({ draws: DRAWS, budgets: [100], attributes: ["device"] });
  await runBacktest(ctx, await makeBacktest(db, project, { settings, drawsTotal: DRAWS }));
  const newest = await db.output.findMany({
    where: { projectId: project.id },
    orderBy: { id: "desc" },
    take: PICKED,
    select: { id: true },
  });
  await pickOutputs(ctx, {
    batchId: newId(),
    note: "To learn from",
    origin: "filter",
    outputIds: newest.map(({ id }) => id),
  });
  await createLink(ctx, { name: "Wall", picture: "chart", attribute: "", value: "" });
  const channel = await createChannel(ctx, {
    kind: "webhook",
    name: "On call",
    destination: "https://hooks.example.com/assay",
    routes: [{ severity: "any", attribute: "", value: "", timing: "at_once" }],
    quiet: null,
    digest_minute: 480,
    weekly: false,
  });
  await makeDeliveries(pool, project, channel.id);
}

async function makeDeliveries(pool: pg.Pool, { id, slug, name }: Project, channelId: string): Promise<void> {
  const message = {
    title: "Nothing arrived",
    lines: [],
    severity: "high",
    link: null,
    project: { slug, name },
  };
  await pool.query(
    `WITH sent AS (
       INSERT INTO alert_delivery (project_id, id, channel_id, key, kind, message, state, attempts, due_at, created_at, settled_at)
       SELECT $1::uuid, gen_random_uuid(), $2::uuid, 'bench ' || n, 'notice', $3::jsonb, 'DELIVERED', 1, at, at, at
       FROM (SELECT n, now() - n * interval '1 hour' AS at FROM generate_series(1,
         (SELECT $5::int + ceil(count(*) * $4::float8)::int FROM review WHERE project_id = $1::uuid)) n) made
       RETURNING id, created_at)
     INSERT INTO alert_attempt (project_id, id, delivery_id, number, at, status, outcome, detail, milliseconds)
     SELECT $1::uuid, gen_random_uuid(), id, 1, created_at, 200, 'delivered', '', 80 FROM sent`,
    [
      id,
      channelId,
      JSON.stringify({ ...message, incident: null, parts: [] }),
      DELIVERIES.each,
      DELIVERIES.least,
    ],
  );
}
