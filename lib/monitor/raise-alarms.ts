import type { Tx } from "@/lib/db/client";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { openIncident } from "@/lib/incident/open-incident";
import * as z from "zod";
import type { DetectorAlarm } from "./feed-detector";
import type { Watch } from "./read-watch";

export interface RaisedAlarm extends Segment, DetectorAlarm {
  sequence: number;
  day: string;
}

/**
 * Hands alarms to the incidents, in the order in which they were raised: of one segment and cohort the first, which is the episode.
 * Call it when the checkpoints are written. Returns the number of incidents that were opened.
 */
export async function raiseAlarms(tx: Tx, watch: Watch, raised: readonly RaisedAlarm[]): Promise<number> {
  const episodes = firstOfEach(raised);
  if (episodes.length === 0) return 0;
  const changes = await readChanges(tx, watch, episodes);
  let opened = 0;
  for (const [at, alarm] of episodes.entries()) {
    const change = changes.get(at) ?? { changeSequence: alarm.sequence, changeDay: alarm.day };
    const { attribute, value, sequence, day, logEvidence } = alarm;
    const incident = await openIncident(
      tx,
      { projectId: watch.projectId },
      {
        kind: "accuracy_drop",
        attribute,
        value,
        planId: watch.planId,
        sequence,
        day,
        ...change,
        boundary: watch.boundaryOf({ attribute, value }),
        logThreshold: watch.logThreshold,
        logEvidence,
        reviews: alarm.observation - alarm.changeStart + 1,
        observations: alarm.observation + 1,
      },
    );
    if (incident.opened) opened += 1;
  }
  return opened;
}

function firstOfEach(raised: readonly RaisedAlarm[]): RaisedAlarm[] {
  const known = new Set<string>();
  return raised.filter((alarm) => {
    const key = `${alarm.sequence} ${segmentKey(alarm)}`;
    return !known.has(key) && known.add(key);
  });
}

const changeRow = z.object({ at: z.number(), changeSequence: z.number(), changeDay: z.string() });

/** The cohort in which the change of each alarm likely began: the first after which that many observations were fed. */
async function readChanges(tx: Tx, { projectId, planId }: Watch, alarms: readonly RaisedAlarm[]) {
  const asked = alarms.map(({ attribute, value, changeStart }, at) => ({
    at,
    attribute,
    value,
    changeStart,
  }));
  const rows = await tx.$queryRaw`
    SELECT at, first.sequence AS "changeSequence", cohort.day::text AS "changeDay"
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS alarm(at int, attribute text, value text, "changeStart" int)
    CROSS JOIN LATERAL (
      SELECT sequence FROM detector_checkpoint fed
      WHERE fed.project_id = ${projectId}::uuid AND fed.plan_id = ${planId}::uuid AND fed.attribute = alarm.attribute
        AND fed.value = alarm.value AND fed.observations > alarm."changeStart"
      ORDER BY sequence LIMIT 1) first
    JOIN cohort ON cohort.project_id = ${projectId}::uuid AND cohort.sequence = first.sequence`;
  return new Map(
    z
      .array(changeRow)
      .parse(rows)
      .map(({ at, ...change }) => [at, change]),
  );
}
