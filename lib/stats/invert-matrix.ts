/**
 * Inverse of a symmetric positive definite matrix.
 *
 * Formula: Cholesky A = L Lᵀ, then A⁻¹ = L⁻ᵀ L⁻¹.
 *
 * @param matrix n rows of n numbers; only the lower triangle is read.
 * @returns the inverse, n rows of n numbers.
 * @throws RangeError when the matrix is not positive definite.
 * @see Golub & Van Loan, Matrix Computations, 4th ed. 2013, sections 4.2.3 and 3.1.
 * @example invertMatrix([[4, 2], [2, 2]]) // [[0.5, −0.5], [−0.5, 1]]
 */
export function invertMatrix(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const at = (rows: readonly (readonly number[])[], i: number, j: number) => rows[i]?.[j] ?? 0;
  const lower: number[][] = [];
  for (let i = 0; i < n; i += 1) {
    const row: number[] = [];
    lower.push(row);
    for (let j = 0; j <= i; j += 1) {
      let sum = at(matrix, i, j);
      for (let k = 0; k < j; k += 1) sum -= (row[k] ?? 0) * at(lower, j, k);
      if (i === j && !(sum > 0)) throw new RangeError("The matrix is not positive definite.");
      row.push(i === j ? Math.sqrt(sum) : sum / at(lower, j, j));
    }
  }
  const columns = Array.from({ length: n }, (_, column) => {
    const solved: number[] = [];
    for (let i = 0; i < n; i += 1) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k += 1) sum -= at(lower, i, k) * (solved[k] ?? 0);
      solved.push(sum / at(lower, i, i));
    }
    return solved;
  });
  const product = (i: number, j: number) =>
    (columns[i] ?? []).reduce((sum, value, k) => sum + value * at(columns, j, k), 0);
  return columns.map((_, i) => columns.map((__, j) => product(i, j)));
}
