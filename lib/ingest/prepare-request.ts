import { newId } from "@/lib/core/id";
import { localDay } from "@/lib/core/local-day";
import type { SamplingUnit } from "@/lib/sampling/sampling-unit";
import type { IngestParts, PilotLabel, PreparedOutput, PreparedQuarantine } from "./prepared";
import type { OutputRecord } from "./output-record";
import type { ReadItem, RefusedRecord } from "./read-records";
import type { Sender } from "./sender";

/** The sampling decision for every output: made before the transaction, the same on every replica and retry. */
export async function prepareOutputs(
  parts: IngestParts,
  sender: Sender,
  receivedAt: Date,
  outputs: readonly ReadItem<OutputRecord>[],
): Promise<PreparedOutput[]> {
  if (outputs.length === 0) return [];
  const { project, source } = sender;
  const labels = await pilotLabels(parts, project.id, receivedAt, outputs);
  const units = outputs.map(
    ({ record }, at): SamplingUnit => ({
      externalId: record.externalId,
      cluster: record.cluster,
      phase: record.phase,
      segments: record.segments,
      flagged: record.flags.length > 0,
      hasTruth: labels.get(at) !== undefined,
      instant: source.recordedHistory ? new Date(record.occurredMs) : receivedAt,
    }),
  );
  const instants = source.recordedHistory ? units.map((unit) => unit.instant) : [receivedAt];
  const frame = await parts.openFrame(project, source.recordedHistory ? "RECORDED" : "LIVE", instants);
  await frame.prepare(units);
  return outputs.map((read, at) => ({
    read,
    record: read.record,
    id: newId(),
    day: localDay(new Date(read.record.occurredMs), project.timeZone),
    placement: frame.place(units[at] as SamplingUnit),
    label: labels.get(at) ?? null,
  }));
}

/** Labels of pilot outputs whose truth came with them, by place. */
async function pilotLabels(
  parts: IngestParts,
  projectId: string,
  receivedAt: Date,
  outputs: readonly ReadItem<OutputRecord>[],
): Promise<Map<number, PilotLabel>> {
  const truths = outputs.flatMap(({ record: { phase, truth, output } }, at) =>
    phase === "PILOT" && truth !== null ? [{ at, truth: truth.value, output }] : [],
  );
  if (truths.length === 0) return new Map();
  const judged = await parts.judgePilot(projectId, receivedAt, truths);
  return new Map(truths.flatMap(({ at }, order) => (judged[order] ? [[at, judged[order]]] : [])));
}

export function prepareQuarantine(refused: readonly RefusedRecord[]): PreparedQuarantine[] {
  return refused.map(({ index, externalId, reasons, raw }) => ({
    index,
    id: newId(),
    externalId,
    reasons,
    raw,
  }));
}
