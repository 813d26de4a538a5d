/**
 * Probability with which an output of the served prefix would have come to the detectors with a label: it was drawn, the source had
 * kept it, and it was among those that could be judged (which of them were is taken to have nothing to do with right and wrong).
 *
 * @param prefix of its stratum: where it ends, how many lie in it and how many of those have a label; without any label nothing is
 *   fed, and the last factor is left out.
 */
export function labelProbability(
  prefix: { cut: number; served: number; labelled: number },
  sourceProbability: number,
): number {
  const judged = prefix.labelled > 0 ? prefix.labelled / prefix.served : 1;
  return prefix.cut * sourceProbability * judged;
}

/** The same without the last factor, for monitors in which an output that nobody could judge counts as wrong. */
export function drawnProbability(labelled: number, prefix: { served: number; labelled: number }): number {
  return prefix.labelled > 0 ? labelled / (prefix.labelled / prefix.served) : labelled;
}
