import { makeSeries } from "@/components/chart/testing/make-series";

/** Made up: each kind of point that a chart can have is in it. */
export const SAMPLE_SERIES = makeSeries([
  { mean: 0.94 },
  { mean: 0.93 },
  { mean: 0.95, n: 140 },
  { mean: null, absent: true },
  { mean: 0.92 },
  { mean: 0.9, n: 12 },
  { mean: 0.88 },
  { mean: 0.86, n: 160 },
  { mean: 0.85, state: "immature" },
  { mean: 0.87, n: 30, state: "in_progress" },
]);

export interface SampleSegment {
  name: string;
  estimate: { mean: number; low: number; high: number };
  pilot: number;
  reviews: number;
  spark: { mean: number | null; n: number }[];
}

const spark = (means: readonly (number | null)[]) =>
  means.map((mean) => ({ mean, n: mean === null ? 0 : 30 }));

export const SAMPLE_SEGMENTS: readonly SampleSegment[] = [
  {
    name: "scan",
    estimate: { mean: 0.761, low: 0.69, high: 0.82 },
    pilot: 0.924,
    reviews: 207,
    spark: spark([0.92, 0.91, 0.93, 0.9, 0.82, 0.78, 0.76]),
  },
  {
    name: "e-mail",
    estimate: { mean: 0.938, low: 0.91, high: 0.96 },
    pilot: 0.941,
    reviews: 909,
    spark: spark([0.94, 0.93, null, 0.95, 0.94, 0.93, 0.94]),
  },
];
