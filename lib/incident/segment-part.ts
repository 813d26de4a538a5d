import { formatSegmentValue } from "@/lib/core/format";

/* How segments are written. Pages need it without the weight of the schemas. */

export interface SegmentPart {
  attribute: string;
  value: string;
}

/** The single attributes and values of a segment: none for all outputs, one, or several that must all hold. */
export function segmentParts({ attribute, value }: SegmentPart): SegmentPart[] {
  if (attribute === "") return [];
  const attributes = readNames(attribute);
  const values = attributes && readNames(value);
  if (!values || values.length !== attributes.length) return [{ attribute, value }];
  return attributes.map((name, index) => ({ attribute: name, value: values[index] ?? "" }));
}

/** The opposite: how such a segment is written; the order of the parts does not matter. */
export function joinSegment(parts: readonly SegmentPart[]): SegmentPart {
  const [only, second] = parts;
  if (!only) return { attribute: "", value: "" };
  if (!second && !only.attribute.startsWith("[")) return { attribute: only.attribute, value: only.value };
  const sorted = [...parts].sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
  return {
    attribute: JSON.stringify(sorted.map((part) => part.attribute)),
    value: JSON.stringify(sorted.map((part) => part.value)),
  };
}

/** "All outputs", or "area Surf Coast, sleeps 5-6". */
export function segmentSentence(segment: SegmentPart): string {
  const parts = segmentParts(segment);
  if (parts.length === 0) return "All outputs";
  return parts.map(({ attribute, value }) => `${attribute} ${formatSegmentValue(value)}`).join(", ");
}

function readNames(text: string): string[] | null {
  if (!text.startsWith("[")) return null;
  try {
    const names: unknown = JSON.parse(text);
    return isNames(names) ? names : null;
  } catch {
    return null;
  }
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");
}
