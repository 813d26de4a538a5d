import * as z from "zod";
import { pointerValue } from "@/lib/core/json-pointer";
import type { OutputFacts } from "./output-facts";
import { type ContentKey, contentKey } from "./repeats";

/** Columns of an output that drift looks at. */
export const factsRow = z.object({
  id: z.uuid(),
  day: z.iso.date(),
  cluster: z.string().nullable(),
  input: z.unknown(),
  output: z.unknown(),
  confidence: z.number().nullable(),
  extra: z.unknown(),
  segments: z.unknown(),
});

/** Columns of an output by which repetitions are told. */
export const keyedRow = factsRow.extend({
  model: z.string().nullable(),
  version: z.string().nullable(),
});

/** The database gives the members of one jsonb value always in one order, so its text is as good as canonical. */
export function storedKey({ input, output, model, version }: z.output<typeof keyedRow>): ContentKey {
  return contentKey({ input: JSON.stringify(input), output: JSON.stringify(output), model, version });
}

export function storedFacts({
  input,
  output,
  confidence,
  extra,
  segments,
}: z.output<typeof factsRow>): OutputFacts {
  const latency = pointerValue(extra, "/telemetry/latency_ms");
  return {
    input,
    output,
    confidence,
    environment: pointerValue(extra, "/environment") ?? null,
    latencyMs: typeof latency === "number" ? latency : null,
    segments,
  };
}
