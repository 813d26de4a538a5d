/** One table of docs/benchmarks.md. Ratios count; absolute figures belong to one machine. */
export interface BenchSection {
  title: string;
  /** What was measured, against which limit, and the aim. */
  note: string;
  columns: string[];
  rows: string[][];
  /** What missed an aim that must hold: the command then ends with a failure. */
  missed?: string[];
}
