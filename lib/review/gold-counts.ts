import type { Ctx } from "@/lib/core/ctx";
import type { GoldCounts } from "@/lib/stats/gold-accuracy";
import { goldScores } from "./gold-scores";
import type { PeopleWindow } from "./people-window";

/** How everybody together judged the known items: a part of each person's work, so that who reviews more counts more. */
export async function goldCounts(ctx: Ctx, window: PeopleWindow): Promise<GoldCounts> {
  const sums: GoldCounts = { wrong: 0, wrongCalledWrong: 0, right: 0, rightCalledRight: 0 };
  for (const { counts } of await goldScores(ctx, window)) {
    sums.wrong += counts.wrong;
    sums.wrongCalledWrong += counts.wrongCalledWrong;
    sums.right += counts.right;
    sums.rightCalledRight += counts.rightCalledRight;
  }
  return sums;
}
