import fc from "fast-check";

/** Rows of reviewers, columns of items; null where a reviewer did not label the item. */
export type Ratings = (number | null)[][];

/** 2 to 5 reviewers of 1 to 30 items with labels 0, 1 and 2, a quarter of them missing. */
export const ratings: fc.Arbitrary<Ratings> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 30 }))
  .chain(([reviewers, items]) =>
    fc.array(
      fc.array(fc.constantFrom(0, 0, 1, 0, 1, 2, null, null), { minLength: items, maxLength: items }),
      { minLength: reviewers, maxLength: reviewers },
    ),
  );

/** Per item the labels that were given. */
export function itemsOf(given: Ratings): number[][] {
  return (given[0] ?? []).map((_, item) =>
    given.flatMap((row) => {
      const label = row[item];
      return label === null || label === undefined ? [] : [label];
    }),
  );
}
