import { checkConfidence } from "./argument-check";
import { type CrossTable, crossTable, type Label, type LabelPair } from "./label-pair";
import { normalQuantile } from "./normal-quantile";

export type CohenKappa = {
  /** 1: full agreement, 0: as much as by chance, below 0: less. */
  kappa: number;
  /** Limits of kappa, cut off at −1 and 1. */
  low: number;
  high: number;
  standardError: number;
  /** Share of outputs on which both said the same, in [0, 1]. */
  agreement: number;
  /** Share expected by chance, in [0, 1). */
  chanceAgreement: number;
  /** Outputs that both reviewed. */
  n: number;
};

/** This close to 1 the agreement by chance is 1 but for rounding. */
const almostOne = 1 - 1e-12;

/** A difference within the rounding of the sums counts as 0 (full agreement). */
function standardErrorOf(table: CrossTable, kappa: number, chance: number): number {
  const { n, cells, firstShares, secondShares } = table;
  const marginals = (row: Label, column: Label) =>
    (firstShares.get(row) ?? 0) + (secondShares.get(column) ?? 0);
  let same = 0;
  let different = 0;
  for (const { first, second, share } of cells) {
    if (first === second) same += share * (1 - marginals(first, first) * (1 - kappa)) ** 2;
    else different += share * marginals(second, first) ** 2;
  }
  const square = same + (1 - kappa) ** 2 * different - (kappa - chance * (1 - kappa)) ** 2;
  const rounding = 4 * (cells.length + 4) * Number.EPSILON;
  return square <= rounding ? 0 : Math.sqrt(square / n) / (1 - chance);
}

/**
 * Cohen's kappa: agreement of two reviewers beyond chance, with its interval.
 *
 * Formula: κ = (p_o − p_e) / (1 − p_e), p_o = share of equal pairs, p_e = Σ p_c q_c with the reviewers' shares of
 * label c; se² = [Σ_c p_cc (1 − (p_c + q_c)(1 − κ))² + (1 − κ)² Σ_{c≠d} p_cd (q_c + p_d)² − (κ − p_e(1 − κ))²]
 * / (n (1 − p_e)²); limits κ ± z se. When nearly everything is right, kappa is low even for good reviewers: show
 * `agreementOnWrong` beside it.
 *
 * @param pairs labels of two reviewers of the same outputs, or their counts.
 * @param confidence in (0, 1), default 0.95.
 * @returns kappa without unit; null without pairs, or when both gave one and the same label throughout (p_e = 1:
 *   nothing can be told from chance).
 * @throws RangeError when a count is negative or not finite or the confidence is not strictly between 0 and 1.
 * @see Cohen, Educational and Psychological Measurement 20, 1960; Fleiss, Cohen & Everitt, Psychological
 *   Bulletin 72, 1969, equation 13.
 * @example cohenKappa([{ first: "right", second: "right", count: 8 }, { first: "wrong", second: "wrong" },
 *   { first: "right", second: "wrong" }])?.kappa // 0.615…
 */
export function cohenKappa(pairs: readonly LabelPair[], confidence = 0.95): CohenKappa | null {
  checkConfidence(confidence);
  const table = crossTable(pairs);
  if (table.n === 0) return null;
  let agreement = 0;
  for (const { first, second, share } of table.cells) if (first === second) agreement += share;
  let chanceAgreement = 0;
  for (const [label, share] of table.firstShares) {
    chanceAgreement += share * (table.secondShares.get(label) ?? 0);
  }
  if (chanceAgreement > almostOne) return null;
  const kappa = (agreement - chanceAgreement) / (1 - chanceAgreement);
  const standardError = standardErrorOf(table, kappa, chanceAgreement);
  const half = normalQuantile((1 + confidence) / 2) * standardError;
  return {
    kappa,
    low: Math.max(-1, kappa - half),
    high: Math.min(1, kappa + half),
    standardError,
    agreement: Math.min(1, agreement),
    chanceAgreement,
    n: table.n,
  };
}
