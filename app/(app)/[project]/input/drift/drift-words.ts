import type { DriftView } from "@/lib/drift/schema";
import { formatDecimal, formatPercent } from "@/lib/core/format";

/** The index beside what it is without any change. */
export function sizeWords(index: number, noiseFloor: number): string {
  const size = `Size of the change (PSI): ${formatDecimal(index, 2)}`;
  const chance = `without any change it would be about ${formatDecimal(noiseFloor, 2)}`;
  if (index <= 2 * noiseFloor) return `${size}; ${chance}, so this is within what chance gives.`;
  return `${size}; ${chance}.`;
}

/** The state of the inputs in one sentence. */
export function driftSentence({
  features,
  outputs,
}: {
  features: readonly Pick<DriftView["features"][number], "label" | "movedSince" | "index">[];
  outputs: number;
}): string {
  const moved = features.filter(({ movedSince }) => movedSince !== null);
  // What was not compared is not as in the pilot.
  if (moved.length === 0 && outputs === 0)
    return "No output of these days has been compared with the pilot yet.";
  if (moved.length === 0 && features.every(({ index }) => index === null))
    return "Too few outputs have come in these days to compare them with the pilot.";
  if (moved.length === 0) return "Inputs come as they came in the pilot: no field has moved.";
  const [first] = moved;
  const names =
    moved.length === 1 && first
      ? `“${first.label}” has`
      : `${moved.length} of ${features.length} fields have`;
  return `${names} moved away from the pilot. That is a reason to look, not a loss of accuracy.`;
}

/** Repeated inputs, and whether they get the same answer: a look at the model that needs no reviewer. */
export function repeatSentences({
  repeats,
  outputs,
  pilot,
}: Pick<DriftView, "repeats" | "outputs" | "pilot">): string[] {
  const share = (part: number, all: number) => formatPercent(part / Math.max(1, all));
  const now = repeats.same + repeats.other;
  const before = repeats.pilot.same + repeats.pilot.other;
  if (outputs === 0) return [];
  const often = `${share(now, outputs)} of outputs answer an input that had come in the weeks before; in the pilot it was ${share(before, pilot.outputs)}.`;
  if (now === 0) return [often];
  const answered = `Of these, ${share(repeats.other, now)} got another answer than before`;
  return [
    often,
    before === 0 ? `${answered}.` : `${answered}; in the pilot ${share(repeats.pilot.other, before)}.`,
  ];
}
