import { daysApart } from "@/components/chart/calendar-day";
import { formatCount, formatDay } from "@/lib/core/format";
import type { AccuracyIncident } from "@/lib/incident/schema";

import { recoverySentence } from "./recovery-sentence";

export interface IncidentStep {
  key: "recovered" | "acknowledge" | "release" | "outputs" | "fix" | "recovery";
  title: string;
  reason: string;
}

/** How far a release may lie from the likely start, which is approximate itself, to be named as a suspect. */
const SUSPECT_DAYS = 4;

/** What to do about an incident, the most useful first; at most four. */
export function incidentSteps(
  incident: Pick<
    AccuracyIncident,
    "state" | "standing" | "boundary" | "recovery" | "releases" | "change_day" | "alarm_day"
  >,
  outputs: { wrong: number },
  canManage: boolean,
): IncidentStep[] {
  const steps: IncidentStep[] = [];
  const recovery = incident.recovery && recoverySentence(incident.recovery, incident.boundary);
  if (incident.standing === "resolved") {
    return recovery ? [{ key: "recovery", title: TITLE[recovery.state], reason: recovery.text }] : [];
  }
  if (recovery?.state === "recovered") {
    steps.push({ key: "recovered", title: "Resolve it", reason: recovery.text });
  }
  if (incident.state === "open" && canManage) {
    steps.push({
      key: "acknowledge",
      title: "Take it on",
      reason: "Acknowledge it, so that the others know that somebody is looking.",
    });
  }
  const suspect = releaseStep(incident);
  if (suspect) steps.push(suspect);
  if (outputs.wrong > 0) {
    const wrong =
      outputs.wrong === 1 ? "the wrong output" : `the ${formatCount(outputs.wrong)} wrong outputs`;
    steps.push({
      key: "outputs",
      title: `Read ${wrong} behind it`,
      reason: "They usually have something in common that no number shows.",
    });
  }
  if (recovery && recovery.state !== "recovered") {
    steps.push({ key: "recovery", title: TITLE[recovery.state], reason: recovery.text });
  } else if (!recovery) {
    steps.push({
      key: "fix",
      title: "Say when it is mended",
      reason:
        "Send the release that mends it, or acknowledge this. From then on it is said here whether accuracy has recovered.",
    });
  }
  return steps.slice(0, 4);
}

const TITLE = {
  recovered: "It looks recovered",
  too_early: "Wait for more reviews",
  still_low: "It is still low",
} as const;

/** The release nearest to the likely start, when it is near. */
export function suspectRelease({
  releases,
  change_day: start,
}: Pick<AccuracyIncident, "releases" | "change_day">): AccuracyIncident["releases"][number] | null {
  if (!start) return null;
  const near = releases
    .map((release) => ({ release, days: Math.abs(daysApart(release.day, start)) }))
    .filter(({ days }) => days <= SUSPECT_DAYS)
    .sort((a, b) => a.days - b.days)[0];
  return near?.release ?? null;
}

function releaseStep(incident: Pick<AccuracyIncident, "releases" | "change_day">): IncidentStep | null {
  const release = suspectRelease(incident);
  if (!release || !incident.change_day) return null;
  const days = daysApart(release.day, incident.change_day);
  const name = `${release.model_name} ${release.model_version}`;
  const many = (count: number) => (count === 1 ? "a day" : `${count} days`);
  const when =
    days === 0
      ? "on the very day on which it likely began"
      : days > 0
        ? `${many(days)} before it likely began`
        : `${many(-days)} after it likely began, and that day is only approximate`;
  return {
    key: "release",
    title: `Compare with the version before ${name}`,
    reason: `It went live on ${formatDay(release.day)}, ${when}.`,
  };
}
