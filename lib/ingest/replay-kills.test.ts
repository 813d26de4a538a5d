import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { publishContract } from "@/lib/contract/publish-contract";
import { sealSamplingSecret } from "@/lib/sampling/seal-sampling-secret";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { drawHeld } from "./draw-held";
import { heldParts } from "./held-parts";
import { readLedgerTotals } from "./queries";
import { settleHeld } from "./settle-held";
import { soundRecord } from "./testing/mutate-record";
import { ledgerTotals, makeSendingProject, serveDoors } from "./testing/open-ingest";
import { contractWithRefuse, soundContract } from "./testing/sound-contract";

const { db, pool, url } = await testDatabase();
const send = await serveDoors();
const PROCESS = fileURLToPath(new URL("./testing/replay-process.ts", import.meta.url));
/** More of them with ASSAY_REPLAY_KILLS. A settled batch takes about 25 statements, from BEGIN to COMMIT. */
const KILLS = Number(process.env["ASSAY_REPLAY_KILLS"] ?? 3);
const HELD = 130;

/** Two projects that draw alike: the same plan, secret and scope. */
async function makeTwin(secret: string) {
  const sending = await makeSendingProject(db, { plan: { reviewsPerWeek: 3_500, expectedPerDay: 1_000 } });
  const { project } = sending;
  await db.project.update({
    where: { id: project.id },
    data: { samplingScope: "twins", sealedSamplingSecret: sealSamplingSecret(project.id, secret) },
  });
  const twin = await db.project.findUniqueOrThrow({ where: { id: project.id } });
  const ctx = contextFor(db, twin);
  await publishContract(ctx, { definition: soundContract, note: "", baseVersion: 0 });
  return { ...sending, project: twin, ctx };
}

/** Records that a new label holds back; every fifth is odd as well, so that it will be flagged. */
function refusedRecords() {
  const draw = seededRandom(8);
  return Array.from({ length: HELD }, (_, at) => {
    const record = soundRecord(`h${at}`, draw);
    const input = record["input"] as Record<string, unknown>;
    return {
      ...record,
      input: at % 5 === 0 ? { ...input, total: 90_000 } : input,
      output: { label: "refuse", score: 0.5 },
    };
  });
}

/** Everything that outputs leave behind, under names that are the same in both projects. */
async function storedState(projectId: string) {
  const outputs = await pool.query(
    `SELECT external_id, output.phase, occurred_at, day::text, input::text, output::text, segments::text, extra::text, confidence, flags,
       contract_version, reasons::text, encode(content_hash, 'hex') AS hash, stratum.value, stratum.flagged, output.random_number, rate,
       sample.state, sample.random_number AS drawn, conflicts,
       (SELECT json_agg(json_build_array(look, slot.state, order_key) ORDER BY look) FROM review_slot slot
        WHERE slot.project_id = $1 AND slot.output_id = output.id) AS looks
     FROM output JOIN stratum ON stratum.project_id = $1 AND stratum.id = output.stratum_id
     JOIN stratum_epoch opened ON opened.project_id = $1 AND opened.epoch_id = output.epoch_id AND opened.stratum_id = output.stratum_id
     LEFT JOIN sample ON sample.project_id = $1 AND sample.output_id = output.id AND sample.random_number < 1
     CROSS JOIN LATERAL (SELECT count(*)::int AS conflicts FROM output_conflict c WHERE c.project_id = $1 AND c.output_id = output.id) kept
     WHERE output.project_id = $1 AND output.phase <> 'HELD' ORDER BY external_id`,
    [projectId],
  );
  const traffic = await pool.query(
    `SELECT phase, flagged, day::text, counted.attribute, counted.value, sum(outputs)::int AS outputs, sum(weight) AS weight
     FROM (SELECT * FROM population_delta WHERE project_id = $1) counted JOIN stratum ON stratum.project_id = $1 AND stratum.id = stratum_id
     GROUP BY 1, 2, 3, 4, 5 HAVING sum(outputs) <> 0 ORDER BY 1, 2, 3, 4, 5`,
    [projectId],
  );
  return { outputs: outputs.rows, traffic: traffic.rows };
}

/** Returns how the process ended: by its own kill, or done before it got there. */
async function replayAndDie(projectId: string, diesAt: number): Promise<string> {
  const env = { ...process.env, DATABASE_URL: url, PROJECT_ID: projectId, DIES_AT: String(diesAt) };
  const child = spawn(process.execPath, ["--import", "tsx", PROCESS], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal ?? String(code);
}

test("replay under kills, three times over, is as if the records had just come", {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const held = await makeTwin("the same for both");
  const direct = await makeTwin("the same for both");
  const refused = refusedRecords();
  const mended = refused.slice(0, 6).map((each) => ({ ...each, output: { label: "accept", score: 0.5 } }));

  await send({ batch: refused.slice(0, HELD / 2) }, { token: held.token });
  await drawHeld(held.ctx, heldParts(held.ctx));
  await send({ batch: refused.slice(HELD / 2) }, { token: held.token });
  await send({ batch: mended }, { token: held.token });
  await publishContract(held.ctx, { definition: contractWithRefuse, note: "", baseVersion: 1 });
  expect(await ledgerTotals(db, held.project.id)).toMatchObject({ quarantined: HELD, received: HELD + 6 });

  await send({ batch: mended }, { token: direct.token });
  await publishContract(direct.ctx, { definition: contractWithRefuse, note: "", baseVersion: 1 });
  await send({ batch: refused }, { token: direct.token });

  const draw = seededRandom(Number(process.env["ASSAY_SEED"] ?? 1));
  const ends: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    // Two batches: from the first statement to beyond the first commit.
    ends.push(await replayAndDie(held.project.id, 2 + Math.floor(((kill + draw()) * 34) / KILLS)));
    expect(await readLedgerTotals(held.ctx)).toMatchObject({ addsUp: true, received: HELD + 6 });
  }
  report(`replay: ${ends.filter((end) => end === "SIGKILL").length} of ${KILLS} processes killed`);
  expect(ends).toContain("SIGKILL");
  for (let again = 0; again < 3; again += 1) {
    let after: string | undefined;
    do {
      const settled = await settleHeld(held.ctx, heldParts(held.ctx), after ? { after } : {}, {
        kind: "replay",
      });
      after = settled.next ?? undefined;
    } while (after !== undefined);
    await drawHeld(held.ctx, heldParts(held.ctx));
    const [stored, wanted] = [await storedState(held.project.id), await storedState(direct.project.id)];
    expect(stored.outputs).toHaveLength(HELD);
    expect(stored).toEqual(wanted);
    expect(await ledgerTotals(db, held.project.id)).toEqual(await ledgerTotals(db, direct.project.id));
    expect(await readLedgerTotals(held.ctx)).toMatchObject({ addsUp: true });
  }
  const flagged = (await storedState(held.project.id)).outputs.filter(({ flags }) => flags.length > 0);
  expect(flagged.length).toBeGreaterThanOrEqual(HELD / 5 - 6);
});
