import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { outputBody, readRecordedStream } from "@/lib/dev/replay/recorded-stream";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { differentOutputs } from "./testing/different-outputs";
import { ledgerTotals, makeSendingProject, serveDoors } from "./testing/open-ingest";

/** Of each set the beginning, the middle and the end are sent; ASSAY_WHOLE_DATA=1 sends all of it. */
const PART = 300;
const BATCH = 500;
const whole = process.env.ASSAY_WHOLE_DATA === "1";

const { db } = await testDatabase();
const send = await serveDoors();

it.for([
  ["airbnb-listings", 19_982],
  ["bank-marketing", 37_898],
  ["nhtsa-recall-documents", 19_839],
] as const)(
  "%s goes in, adds up and reads back equal",
  { timeout: whole ? 600_000 : 30_000 },
  async ([name, records], { skip }) => {
    const file = join(recordedFolder(), name, "records.jsonl.gz");
    if (!existsSync(file)) {
      report(`skipped: ${file} is not there`);
      return skip("the recorded data is not there");
    }
    const all = await readRecordedStream(file);
    expect(all).toHaveLength(records);
    const middle = Math.floor(all.length / 2);
    const parts = [all.slice(0, PART), all.slice(middle, middle + PART), all.slice(-PART)];
    const sent = whole ? all : parts.flat();
    const { project, token } = await makeSendingProject(db, { recorded: true });
    const started = performance.now();
    for (let from = 0; from < sent.length; from += BATCH) {
      const batch = sent.slice(from, from + BATCH);
      const answer = await send({ batch: batch.map(outputBody) }, { token });
      expect(answer).toMatchObject({
        status: 202,
        body: { received: batch.length, quarantined: 0, conflicts: 0 },
      });
    }
    const seconds = (performance.now() - started) / 1000;
    const totals = await ledgerTotals(db, project.id);
    expect(totals).toMatchObject({ received: sent.length, refused: 0, quarantined: 0, duplicates: 0 });
    expect(totals.accepted + totals.flagged).toBe(sent.length);
    expect(await differentOutputs(db, project.id, sent)).toEqual({ read: sent.length, different: [] });
    const [counted] = await db.$queryRaw<[{ outputs: number }]>`
    SELECT sum(outputs)::int AS outputs FROM population_delta WHERE project_id = ${project.id}::uuid AND attribute = ''`;
    expect(counted.outputs).toBe(sent.length);
    const rate = Math.round(sent.length / seconds);
    report(
      `${name}: ${sent.length} of ${records} sent, ${totals.accepted} accepted, ${totals.flagged} flagged, all read back equal, ${rate}/s`,
    );
  },
);
