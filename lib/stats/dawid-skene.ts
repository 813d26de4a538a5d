export type DawidSkene = {
  /** Per item the probability of each class, adding up to 1; null for an item that nobody labelled. */
  posteriors: (number[] | null)[];
  /** Share of each class among the labelled items, adding up to 1. */
  prevalence: number[];
  /** confusion[reviewer][true class][said class], rows adding up to 1. */
  confusion: number[][][];
};

type Ratings = readonly (readonly (number | null)[])[];

/** A probability below this is rounding or chance, and its logarithm must stay finite. */
const smallest = 1e-10;

function checkRatings(ratings: Ratings, classes: number, iterations: number): void {
  if (!(Number.isInteger(classes) && classes >= 2)) {
    throw new RangeError(`There must be at least two classes, got ${classes}.`);
  }
  if (!(Number.isInteger(iterations) && iterations >= 1)) {
    throw new RangeError(`There must be at least one iteration, got ${iterations}.`);
  }
  for (const row of ratings) {
    if (row.length !== ratings[0]?.length) {
      throw new RangeError("Every reviewer must have one place per item.");
    }
    for (const label of row) {
      if (label !== null && !(Number.isInteger(label) && label >= 0 && label < classes)) {
        throw new RangeError(`Every label must be a class from 0 to ${classes - 1} or null, got ${label}.`);
      }
    }
  }
}

function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

/** Shares of the votes of one item; null without a vote. */
function voteShares(ratings: Ratings, item: number, classes: number): number[] | null {
  const votes = Array.from({ length: classes }, () => 0);
  for (const row of ratings) {
    const label = row[item] ?? null;
    if (label !== null) votes[label] = (votes[label] ?? 0) + 1;
  }
  return votes.some((count) => count > 0) ? normalised(votes) : null;
}

type Model = Omit<DawidSkene, "posteriors">;

/** M step: prevalence and confusion that fit the posteriors best. */
function fitModel(ratings: Ratings, posteriors: DawidSkene["posteriors"], classes: number): Model {
  const range = Array.from({ length: classes }, (_, c) => c);
  const weights = range.map(() => 0);
  for (const posterior of posteriors) {
    for (const c of posterior ? range : []) weights[c] = (weights[c] ?? 0) + (posterior?.[c] ?? 0);
  }
  const confusion = ratings.map((row) => {
    const counts = range.map(() => range.map(() => 0));
    for (const [item, said] of row.entries()) {
      const posterior = posteriors[item];
      if (said === null || !posterior) continue;
      for (const [c, of] of counts.entries()) of[said] = (of[said] ?? 0) + (posterior[c] ?? 0);
    }
    return counts.map((of) => {
      const sum = of.reduce((total, value) => total + value, 0);
      return normalised(of.map((value) => Math.max(smallest, sum > 0 ? value / sum : 0)));
    });
  });
  return { prevalence: normalised(weights), confusion };
}

/** E step: the posterior of one item, in logarithms until the end. */
function posteriorOf(ratings: Ratings, item: number, { prevalence, confusion }: Model): number[] {
  const logs = prevalence.map((share) => Math.log(Math.max(smallest, share)));
  for (const [reviewer, row] of ratings.entries()) {
    const said = row[item] ?? null;
    if (said === null) continue;
    for (const c of prevalence.keys()) {
      logs[c] = (logs[c] ?? 0) + Math.log(confusion[reviewer]?.[c]?.[said] ?? smallest);
    }
  }
  const largest = Math.max(...logs);
  return normalised(logs.map((log) => Math.exp(log - largest)));
}

/**
 * Dawid and Skene's model: true classes of items and the errors of each reviewer, without gold items, by
 * expectation maximisation.
 *
 * Formula: P starts as the vote shares; M step: prevalence = mean of P over the labelled items,
 * confusion_r[t][s] ∝ Σ P_i(t) over the items that reviewer r called s; E step: ln P_i(t) = ln prevalence(t) +
 * Σ_r ln confusion_r[t][said] + constant. Prevalence and confusion are those of the last M step. Only with at least three
 * independent labels on many items and no adjudication; with fewer, majority and adjudication are better.
 *
 * @param ratings rows are reviewers, columns items: a class 0 … classes − 1, or null where not labelled.
 * @param classes number of classes, ≥ 2. @param iterations ≥ 1, default 100.
 * @returns probabilities in [0, 1]; null when nothing was labelled.
 * @throws RangeError when a label is no class, rows differ in length, or there are fewer than two classes or no
 *   iteration.
 * @see Dawid & Skene, Applied Statistics 28, 1979, equations 2.3–2.5.
 * @example dawidSkene([[1, 0], [1, 0], [1, 1]], 2)?.posteriors // [[≈ 0, ≈ 1], [≈ 1, ≈ 0]]
 */
export function dawidSkene(ratings: Ratings, classes: number, iterations = 100): DawidSkene | null {
  checkRatings(ratings, classes, iterations);
  const items = ratings[0]?.length ?? 0;
  let posteriors = Array.from({ length: items }, (_, item) => voteShares(ratings, item, classes));
  if (posteriors.every((posterior) => posterior === null)) return null;
  let model = fitModel(ratings, posteriors, classes);
  for (let iteration = 1; ; iteration += 1) {
    const fitted = model;
    posteriors = posteriors.map((known, item) => known && posteriorOf(ratings, item, fitted));
    if (iteration === iterations) return { posteriors, ...model };
    model = fitModel(ratings, posteriors, classes);
  }
}
