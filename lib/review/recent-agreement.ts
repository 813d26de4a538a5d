import type { Ctx } from "@/lib/core/ctx";
import { storedReading } from "@/lib/db/stored-reading";
import { projectAgreement } from "./agreement";
import { readJudgedTwice } from "./judged-twice";
import type { ProjectAgreement } from "./people-schema";
import { peopleWindow } from "./people-window";

/**
 * How far people agree, in the days that the page about reviewers begins with. For those who may open that page: a number that moves
 * with each review would tell reviewers which items are judged twice.
 * @param reviews of the project
 */
export async function recentAgreement(ctx: Ctx, reviews: number): Promise<ProjectAgreement> {
  const days = peopleWindow(ctx, {});
  const { value } = await storedReading(ctx, { kind: "agreement", ...days, reviews }, () =>
    agreementIn(ctx, days),
  );
  return value;
}

export async function agreementIn(ctx: Ctx, days: { from: string; to: string }): Promise<ProjectAgreement> {
  return projectAgreement(await readJudgedTwice(ctx, days));
}
