import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import type { LookedFinding } from "./keep-findings";
import { FEWEST_LABELS, judgeLabels, type LabelShare, usualDelayDays } from "./label-delay";

type Reader = Pick<Ctx, "db" | "project" | "now">;

/** So many outputs say how it is, in the pilot and now. */
const MOST_LOOKED_AT = 2_000;
const WINDOW_DAYS = 7;
const DAY_SECONDS = 86_400;

const delayRow = z.object({ receivedAt: z.date(), days: z.number().nullable() });
type Delayed = z.output<typeof delayRow>;

/** Whether truths and reviews come as soon as in the pilot, judged by outputs that are old enough to have one. */
export async function readLabelDelay(ctx: Reader): Promise<LookedFinding[]> {
  const [truth, review] = await Promise.all([
    findingOf(ctx, "truth", { pilot: pilotTruths(ctx), now: recentTruths }),
    findingOf(ctx, "review", { pilot: pilotReviews(ctx), now: recentReviews }),
  ]);
  return [...truth, ...review];
}

async function findingOf(
  ctx: Reader,
  of: "truth" | "review",
  sql: { pilot: Prisma.Sql; now: (ctx: Reader, days: number) => Prisma.Sql },
): Promise<LookedFinding[]> {
  const pilot = await readDelays(ctx, sql.pilot);
  const delays = pilot.flatMap(({ days }) => (days === null ? [] : [days]));
  if (delays.length < FEWEST_LABELS / 2) return [];
  const days = usualDelayDays(delays);
  const before = shareOf(
    pilot.filter((each) => isOldEnough(ctx, each, days)),
    days,
  );
  const now = await readDelays(ctx, sql.now(ctx, days));
  const share = shareOf(now, days);
  const state = judgeLabels(before, share);
  if (state !== "late" && state !== "unclear") return [];
  const since = now
    .map(({ receivedAt }) => receivedAt.getTime())
    .reduce((a, b) => Math.min(a, b), ctx.now.getTime());
  return [
    {
      code: "W_LABEL_DELAY",
      subject: of,
      state: state === "late" ? "clear" : "unclear",
      since: new Date(since),
      facts: {
        kind: "labels",
        of,
        days,
        outputs: share.outputs,
        in_time: share.inTime,
        pilot_share: before.outputs === 0 ? 0 : before.inTime / before.outputs,
      },
    },
  ];
}

function isOldEnough({ now }: Reader, { receivedAt }: Delayed, days: number): boolean {
  return receivedAt.getTime() <= now.getTime() - days * DAY_SECONDS * 1000;
}

function shareOf(outputs: readonly Delayed[], days: number): LabelShare {
  return {
    outputs: outputs.length,
    inTime: outputs.filter((each) => each.days !== null && each.days <= days).length,
  };
}

async function readDelays({ db }: Reader, query: Prisma.Sql): Promise<Delayed[]> {
  return z.array(delayRow).parse(await db.$queryRaw(query));
}

const daysAfter = (label: Prisma.Sql) =>
  Prisma.sql`(extract(epoch FROM ${label} - output.received_at) / ${DAY_SECONDS}::float8)::float8 AS days`;

/** The first truth of an output by the sender's id. */
const firstTruth = Prisma.sql`
  LEFT JOIN LATERAL (SELECT min(received_at) AS at FROM ground_truth known
    WHERE known.project_id = output.project_id AND known.external_id = output.external_id) truth ON true`;

/** Outputs of one phase are found by their strata: an index leads there. */
const ofPhase = (projectId: string, phase: string) => Prisma.sql`
  FROM stratum JOIN stratum_epoch opened ON opened.project_id = stratum.project_id AND opened.stratum_id = stratum.id
  JOIN output ON output.project_id = opened.project_id AND output.epoch_id = opened.epoch_id AND output.stratum_id = opened.stratum_id
    AND stratum.project_id = ${projectId}::uuid AND stratum.phase = ${phase}::phase`;

function pilotTruths({ project }: Reader): Prisma.Sql {
  return Prisma.sql`
    SELECT output.received_at AS "receivedAt", ${daysAfter(Prisma.sql`truth.at`)}
    FROM (SELECT output.* ${ofPhase(project.id, "PILOT")} ORDER BY output.id DESC LIMIT ${MOST_LOOKED_AT}) output ${firstTruth}`;
}

/** Ids are ordered by the time at which they were made. */
const idAt = (at: Date) =>
  Prisma.sql`(lpad(to_hex((extract(epoch FROM ${at}::timestamptz) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`;

const daysAgo = ({ now }: Reader, days: number) => new Date(now.getTime() - days * DAY_SECONDS * 1000);

function recentTruths(ctx: Reader, days: number): Prisma.Sql {
  return Prisma.sql`
    SELECT output.received_at AS "receivedAt", ${daysAfter(Prisma.sql`truth.at`)}
    FROM (SELECT * FROM output WHERE project_id = ${ctx.project.id}::uuid AND phase = 'PRODUCTION'
      AND id >= ${idAt(daysAgo(ctx, days + WINDOW_DAYS))} AND id < ${idAt(daysAgo(ctx, days))}
      ORDER BY id DESC LIMIT ${MOST_LOOKED_AT}) output ${firstTruth}`;
}

const judgedAt = daysAfter(Prisma.sql`sample.settled_at`);
const BY_PEOPLE = Prisma.sql`sample.settled_by IS DISTINCT FROM 'truth' AND sample.state <> 'WITHDRAWN'`;

function pilotReviews({ project }: Reader): Prisma.Sql {
  return Prisma.sql`
    SELECT output.received_at AS "receivedAt", ${judgedAt} ${ofPhase(project.id, "PILOT")}
    JOIN sample ON sample.project_id = output.project_id AND sample.output_id = output.id AND ${BY_PEOPLE}
    ORDER BY output.id DESC LIMIT ${MOST_LOOKED_AT}`;
}

/** Of production only what the plan counts on: the reserve need not be judged by anybody. */
function recentReviews(ctx: Reader, days: number): Prisma.Sql {
  return Prisma.sql`
    SELECT output.received_at AS "receivedAt", ${judgedAt}
    FROM sample JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id AND output.phase = 'PRODUCTION'
    JOIN stratum_epoch opened ON opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
      AND opened.stratum_id = sample.stratum_id AND sample.random_number < opened.target / GREATEST(opened.population, 1)
    WHERE sample.project_id = ${ctx.project.id}::uuid AND ${BY_PEOPLE}
      AND sample.output_id >= ${idAt(daysAgo(ctx, days + WINDOW_DAYS))} AND sample.output_id < ${idAt(daysAgo(ctx, days))}
    ORDER BY sample.output_id DESC LIMIT ${MOST_LOOKED_AT}`;
}
