import * as z from "zod";

import { MOST_PICKED } from "./most-picked";

/** Made by the browser: the same question sent twice picks nothing twice. */
const batch = {
  batch_id: z.uuid(),
  /** What to look at, for whoever looks. */
  note: z.string().trim().min(1).max(500),
};

/** What every question to have outputs looked at says; what is picked stands beside it. */
export const pickSchema = z.strictObject(batch);

export const pickedOutputsSchema = z.array(z.uuid()).min(1).max(MOST_PICKED);

export const pickedSchema = z.object({
  batch_id: z.string(),
  picked: z.number(),
  /** Hand-picked before, and nobody has looked yet. */
  already_waiting: z.number(),
  /** No outputs of this project. */
  not_found: z.number(),
  /** Found by the filter or the incident, and not picked: beyond what one question may ask. */
  left_out: z.number(),
});
export type Picked = z.output<typeof pickedSchema>;

export const changePickedSchema = z.strictObject({ outputs: pickedOutputsSchema.optional() });
export const changedPickedSchema = z.object({ changed: z.number() });

/**
 * waiting: for anybody. sampled: it waits as a sample too, and is looked at as such first. held: on somebody's screen. judged.
 * removed: taken off the queue before anybody judged it.
 */
const PICKED_STATES = ["waiting", "sampled", "held", "judged", "removed"] as const;
export type PickedState = (typeof PICKED_STATES)[number];

export const pickedItemSchema = z.object({
  outputId: z.string(),
  reference: z.string(),
  occurredAt: z.date(),
  state: z.enum(PICKED_STATES),
  /** Null without the permission to read payloads. */
  preview: z.string().nullable(),
  reviewer: z.string().nullable(),
  outcome: z.enum(["ANSWERED", "CANNOT_JUDGE"]).nullable(),
  verdict: z.enum(["CORRECT", "INCORRECT", "CANNOT_JUDGE"]).nullable(),
  errorTags: z.array(z.string()),
  severity: z.enum(["minor", "major", "critical"]).nullable(),
  /** Free texts, null without the permission to read payloads. */
  comment: z.string().nullable(),
  reason: z.string().nullable(),
  judgedAt: z.date().nullable(),
});
export type PickedItem = z.output<typeof pickedItemSchema>;

export const ORIGINS = ["selection", "filter", "incident", "output", "quarantine"] as const;
export type PickOrigin = (typeof ORIGINS)[number];

export const batchRowSchema = z.object({
  id: z.string(),
  note: z.string(),
  origin: z.enum(ORIGINS),
  originRef: z.string().nullable(),
  askedBy: z.string().nullable(),
  askedAt: z.date(),
  picked: z.number(),
  waiting: z.number(),
  removed: z.number(),
  right: z.number(),
  wrong: z.number(),
  unsure: z.number(),
});
export type BatchRow = z.output<typeof batchRowSchema>;
