/** What a reviewer should see of wrong outputs: between the two, best in the middle. */
const WANTED = { low: 0.15, middle: 0.2, high: 0.25 };
/** Known items are never all of one kind: both catching errors and leaving right ones alone are measured. */
const FEWEST = 0.2;
const MOST = 0.8;

export interface GoldMix {
  /** Share of the known items served that should be wrong. */
  wrongShare: number;
  /** Share of wrong outputs in everything that a reviewer then sees, in expectation. */
  seenWrong: number;
  /** Share of known items with which a reviewer would see enough wrong outputs; 0 when they see enough anyway. */
  goldShareNeeded: number;
  /** Whether what they see lies where people stay attentive. */
  enough: boolean;
}

/**
 * How many of the known items are to be wrong, so that 15 to 25 % of what a reviewer sees is wrong: people who hardly ever meet an error
 * overlook the few that there are.
 *
 * (1 − g) e + g w = 0.2, w kept within 0.2 to 0.8; g = share of known items, e = share of wrong outputs among the others.
 */
export function goldMix({ goldShare, errorShare }: { goldShare: number; errorShare: number }): GoldMix {
  const wanted = goldShare > 0 ? (WANTED.middle - (1 - goldShare) * errorShare) / goldShare : FEWEST;
  const wrongShare = Math.min(MOST, Math.max(FEWEST, wanted));
  const seenWrong = (1 - goldShare) * errorShare + goldShare * wrongShare;
  return {
    wrongShare,
    seenWrong,
    goldShareNeeded: errorShare >= WANTED.low ? 0 : (WANTED.low - errorShare) / (MOST - errorShare),
    enough: seenWrong >= WANTED.low - 1e-9,
  };
}
