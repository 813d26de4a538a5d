import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";

import type { FilterOptions } from "./suggest-filter";

const MOST_SEGMENTS = 300;
const MOST_VERSIONS = 100;
/** What is rare in the newest outputs is not what somebody looks for by a list. */
const RECENT = 2_000;
/** Reviews of a person are counted up to here. */
const MOST_REVIEWS = 1_000;

const segmentRows = z.array(z.object({ attribute: z.string(), value: z.string(), count: z.number() }));
const recentRows = z.array(
  z.object({
    kind: z.enum(["segment", "version", "flag"]),
    name: z.string(),
    text: z.string(),
    count: z.number(),
  }),
);
const countRows = z.array(z.object({ value: z.string(), count: z.number() }));
const versionRows = z.array(z.object({ value: z.string() }));

/** What the filter of the outputs page suggests: what really occurs in this project, the busiest first. */
export async function outputFilterOptions(ctx: Ctx): Promise<FilterOptions> {
  const [busiest, recent, versions, reviewers] = await Promise.all([
    busiestSegments(ctx),
    recentFacts(ctx),
    releasedVersions(ctx),
    reviewersOf(ctx),
  ]);
  const known = new Set(busiest.map(({ attribute, value }) => `${attribute}=${value}`));
  const recentOf = (kind: string) => recent.filter((row) => row.kind === kind);
  const shown = (kind: string) => recentOf(kind).map(({ text, count }) => ({ value: text, count }));
  const live = shown("version");
  return {
    segments: [
      ...busiest,
      ...recentOf("segment")
        .map(({ name, text, count }) => ({ attribute: name, value: text, count }))
        .filter(({ attribute, value }) => !known.has(`${attribute}=${value}`))
        .slice(0, MOST_SEGMENTS),
    ],
    versions: [
      ...live,
      ...versions.filter((value) => live.every((each) => each.value !== value)).map((value) => ({ value })),
    ],
    flags: shown("flag"),
    reviewers,
    recent: RECENT,
  };
}

async function busiestSegments(ctx: Ctx) {
  const rows = await ctx.db.$queryRaw`
    SELECT attribute, value, population AS count FROM (
      SELECT attribute, value, sum(population) AS population FROM estimate_cell
      WHERE project_id = ${ctx.project.id}::uuid AND period_kind = 'MONTH' AND attribute <> ''
      GROUP BY attribute, value ORDER BY population DESC LIMIT ${MOST_SEGMENTS}
    ) AS busiest ORDER BY attribute, population DESC`;
  return segmentRows.parse(rows);
}

/** Segments, versions and flags of the newest outputs, each with how many of them carry it. */
async function recentFacts(ctx: Ctx) {
  const rows = await ctx.db.$queryRaw`
    WITH recent AS MATERIALIZED (
      SELECT model_version, flags, segments FROM output
      WHERE project_id = ${ctx.project.id}::uuid ORDER BY occurred_at DESC, id DESC LIMIT ${RECENT}
    ), facts AS (
      SELECT 'version' AS kind, '' AS name, model_version AS text FROM recent WHERE model_version IS NOT NULL
      UNION ALL SELECT 'flag', '', unnest(flags) FROM recent
      UNION ALL SELECT 'segment', each.key, each.value FROM recent, jsonb_each_text(segments) each
    )
    SELECT kind, name, text, count(*)::int AS count FROM facts GROUP BY kind, name, text
    ORDER BY kind, name, count DESC, text`;
  return recentRows.parse(rows);
}

async function releasedVersions(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT model_version AS value FROM release WHERE project_id = ${ctx.project.id}::uuid
    GROUP BY 1 ORDER BY max(live_at) DESC LIMIT ${MOST_VERSIONS}`;
  return versionRows.parse(rows).map((row) => row.value);
}

async function reviewersOf(ctx: Ctx) {
  const rows = await ctx.db.$queryRaw`
    SELECT person.name AS value, least(sum(own.reviews), ${MOST_REVIEWS})::int AS count FROM membership
    JOIN user_account person ON person.id = membership.user_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS reviews FROM (
        SELECT 1 FROM review WHERE review.project_id = membership.project_id AND review.reviewer_id = person.id
        LIMIT ${MOST_REVIEWS}) few
    ) own
    WHERE membership.project_id = ${ctx.project.id}::uuid AND own.reviews > 0
    GROUP BY person.name ORDER BY count DESC, person.name LIMIT 100`;
  return countRows.parse(rows);
}
