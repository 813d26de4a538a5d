import * as z from "zod";

import { LONGEST_SAMPLE } from "./longest-sample";

/* The first hour of a project as pages and the API see it. Browser-safe. */

/** The way from an empty project to its first number, in order. */
export const START_STEPS = ["sample", "form", "send", "plan", "people", "review"] as const;
export type StartStep = (typeof START_STEPS)[number];

export const MOST_SAMPLES = 50;

export const sampleTextSchema = z.strictObject({ text: z.string().max(LONGEST_SAMPLE) });

export const settleStepSchema = z.strictObject({ step: z.enum(START_STEPS), settled: z.boolean() });

/** What a place of a record seems to be for. */
export const PLACE_USES = ["given", "answered", "segment", "about"] as const;
export type PlaceUse = (typeof PLACE_USES)[number];

const place = z.strictObject({
  /** JSON pointer into the record. */
  path: z.string(),
  use: z.enum(PLACE_USES),
  type: z.string(),
  example: z.string(),
  /** In how many of the records it is. */
  records: z.number().int(),
});

export const understoodSchema = z.strictObject({
  records: z.number().int(),
  /** More were pasted than are looked at. */
  left_out: z.number().int(),
  places: z.array(place),
  /** Questions of the form that the outputs suggest. */
  questions: z.array(z.string()),
  /** Short texts in the input that could be segments as well. */
  could_be_segments: z.array(z.string()),
  /** Rules of the draft of a contract. */
  rules: z.number().int(),
  /** What was guessed, one sentence each. */
  notes: z.array(z.string()),
});
export type Understood = z.output<typeof understoodSchema>;

/** A record in our own form, as the doors take it. */
export type SampleRecord = Record<string, unknown> & { input: unknown; output: unknown };
