import { joinSegment, type SegmentPart, segmentParts } from "@/lib/incident/segment-part";

/**
 * The watched segments in which an output lies: the whole stream, and for each watched attribute (or pair of them) the value that
 * the output carries; an attribute that it lacks is left out. Values that nobody has seen before are watched like the others.
 *
 * @param attributes segment keys as a monitor plan holds them. @returns a function of the attributes of an output
 */
export function watchedSegments(
  attributes: readonly string[],
): (carried: Readonly<Record<string, string>>) => SegmentPart[] {
  const watched = attributes.filter((attribute) => attribute !== "").map((attribute) => namesOf(attribute));
  return (carried) => [
    { attribute: "", value: "" },
    ...watched.flatMap((names) => {
      const parts: SegmentPart[] = [];
      for (const attribute of names) {
        const value = Object.hasOwn(carried, attribute) ? carried[attribute] : undefined;
        if (value === undefined) return [];
        parts.push({ attribute, value });
      }
      return [joinSegment(parts)];
    }),
  ];
}

/** A key names one attribute, or is the list of several names; read with the same list as value, so that its length agrees. */
function namesOf(attribute: string): string[] {
  return segmentParts({ attribute, value: attribute }).map((part) => part.attribute);
}
