/** A confidence interval of a share; 0 ≤ low ≤ high ≤ 1 unless a function says otherwise. */
export type Interval = { low: number; high: number };
