import * as z from "zod";
import { pointerValue } from "@/lib/core/json-pointer";
import type { OutputFacts } from "./output-facts";

/** Columns of an output that drift looks at. */
export const factsRow = z.object({
  id: z.uuid(),
  day: z.iso.date(),
  cluster: z.string().nullable(),
  input: z.unknown(),
  output: z.unknown(),
  confidence: z.number().nullable(),
  extra: z.unknown(),
});

export function storedFacts({ input, output, confidence, extra }: z.output<typeof factsRow>): OutputFacts {
  const latency = pointerValue(extra, "/telemetry/latency_ms");
  return {
    input,
    output,
    confidence,
    environment: pointerValue(extra, "/environment") ?? null,
    latencyMs: typeof latency === "number" ? latency : null,
  };
}
