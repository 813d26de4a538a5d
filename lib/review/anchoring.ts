import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { type Reading, storedReading } from "@/lib/db/stored-reading";
import { clopperPearson } from "@/lib/stats/clopper-pearson";
import { type Gap, gapMover, type MeanWithInterval } from "@/lib/stats/gap-mover";
import * as z from "zod";
import { blindArm } from "./blind-arm";

export interface Arm extends MeanWithInterval {
  n: number;
}

export interface Anchoring {
  /** Since when outputs have been drawn into the two arms. */
  since: Date;
  /** Share of outputs found right by who answered before seeing them; null when there are none yet. */
  blind: Arm | null;
  /** The same, by who saw the output first. */
  outputFirst: Arm | null;
  /** Output first minus blind: above zero, seeing the output makes people agree with it. */
  difference: Gap | null;
}

const reviewRow = z.object({
  reference: z.string(),
  mode: z.enum(["blind", "output_first"]),
  correct: z.boolean(),
});

/**
 * What seeing the output first does to the verdicts. Which outputs are answered blind was drawn by hash, so that the two arms differ in
 * nothing else; only first looks count, and only since the mode or the share was last changed. Null in a project that is blind first.
 */
export async function anchoring(ctx: Ctx): Promise<Anchoring | null> {
  const drawn = await drawnSince(ctx);
  return drawn && { since: drawn.since, ...(await readArms(ctx, drawn)) };
}

/** The same as it is kept where there are many reviews. */
export async function keptAnchoring(
  ctx: Ctx,
  reviews: number,
): Promise<(Anchoring & Pick<Reading<unknown>, "madeAt">) | null> {
  const drawn = await drawnSince(ctx);
  if (!drawn) return null;
  const { since } = drawn;
  const days = { from: localDay(since, ctx.project.timeZone), to: localDay(ctx.now, ctx.project.timeZone) };
  // The mode or the share may change twice in a day.
  const asked = { kind: "anchoring", ...days, about: [since.toISOString()], reviews } as const;
  const { value, madeAt } = await storedReading(ctx, asked, () => readArms(ctx, drawn));
  return { since, ...value, madeAt };
}

type Drawn = { since: Date; project: Parameters<typeof blindArm>[0] };
type Arms = Omit<Anchoring, "since">;

async function drawnSince(ctx: Ctx): Promise<Drawn | null> {
  const project = await ctx.db.project.findUniqueOrThrow({ where: { id: ctx.project.id } });
  if (project.reviewMode !== "OUTPUT_FIRST") return null;
  return { since: project.reviewModeSince ?? project.createdAt, project };
}

/** Costs as much as there are reviews since then. */
async function readArms(ctx: Ctx, { since, project }: Drawn): Promise<Arms> {
  const rows = await ctx.db.$queryRaw`
    SELECT coalesce(output.sent_id, output.external_id) AS reference, review.mode, review.verdict = 'CORRECT' AS correct
    FROM review
    JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id AND slot.look = 1
    JOIN output ON output.project_id = review.project_id AND output.id = review.output_id
    WHERE review.project_id = ${ctx.project.id}::uuid AND review.occasion = 0 AND review."primary"
      AND review.outcome = 'ANSWERED' AND review.submitted_at >= ${since}
      AND review.revision = (
        SELECT max(later.revision) FROM review later
        WHERE later.project_id = review.project_id AND later.output_id = review.output_id AND later.occasion = 0
          AND later.reviewer_id = review.reviewer_id)`;
  const drawn = blindArm(project);
  // What was begun before the change was blind without having been drawn for it.
  const reviews = z
    .array(reviewRow)
    .parse(rows)
    .filter((each) => (each.mode === "blind") === drawn(each.reference));
  const blind = armOf(reviews.filter((each) => each.mode === "blind"));
  const outputFirst = armOf(reviews.filter((each) => each.mode === "output_first"));
  return { blind, outputFirst, difference: blind && outputFirst && gapMover(blind, outputFirst) };
}

function armOf(reviews: readonly { correct: boolean }[]): Arm | null {
  const n = reviews.length;
  const correct = reviews.filter((each) => each.correct).length;
  const interval = clopperPearson(correct, n);
  return interval && { mean: correct / n, ...interval, n };
}
