import { existsSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { report } from "@/lib/testing/console";
import { type CampaignResult, runCampaign, TARGETS, type Target } from "./campaign";

/** More kills: ASSAY_KILLS=500. Another schedule: ASSAY_SEED=2. */
const KILLS = Number(process.env.ASSAY_KILLS || 20);
const SEED = Number(process.env.ASSAY_SEED || 1);
const CONTROL_ROUNDS = 6;
const MINUTE = 60_000;
const canKill = existsSync("/proc/self/cwd");
if (!canKill)
  report("durability: SKIPPED, the processes of the database are found through /proc, which is missing here");

test.runIf(canKill)(
  "app and database are killed again and again under load: nothing acknowledged is lost, nothing is doubled, the ledger adds up",
  { timeout: 2 * MINUTE + KILLS * 15_000 },
  async () => {
    const kills = Array.from({ length: KILLS }, (_, at): Target => TARGETS[at % TARGETS.length] ?? "both");
    const result = await runCampaign({ seed: SEED, kills });
    report(`durability: ${summary(result)}`);
    expect(result.findings.slice(0, 20), `evidence in ${result.folder}`).toEqual([]);
    expect(result.otherStatuses).toEqual({});
    // A run in which little arrived, or in which no answer was cut off, would prove nothing.
    expect(result.acknowledged).toBeGreaterThan(KILLS * 100);
    expect(result.cutOff).toBeGreaterThan(KILLS / 4);
  },
);

test.runIf(canKill)(
  "control: without durable commits acknowledged outputs are lost, and the checker sees it",
  { timeout: CONTROL_ROUNDS * 2 * MINUTE },
  async () => {
    let lost = 0;
    for (let round = 1; round <= CONTROL_ROUNDS && lost === 0; round += 1) {
      const result = await runCampaign({
        seed: SEED + round,
        kills: ["database", "database"],
        forgetful: true,
      });
      lost = result.findings.filter(({ kind }) => kind === "lost").length;
      report(`durability control, round ${round}: ${summary(result)}; ${lost} lost`);
      rmSync(result.folder, { recursive: true, force: true });
      expect(result.rewritten, "the control found no durable commit to weaken").toBeGreaterThan(0);
    }
    expect(lost).toBeGreaterThan(0);
  },
);

function summary({
  kills,
  acknowledged,
  operations,
  seconds,
  recoverySeconds,
  findings,
}: CampaignResult): string {
  const worst = Math.max(...recoverySeconds).toFixed(1);
  const { ok, fail, unknown } = operations;
  return (
    `seed ${SEED}, ${kills} kills in ${seconds.toFixed(0)} s, ${acknowledged} records acknowledged ` +
    `(requests: ${ok} ok, ${fail} refused, ${unknown} unknown), recovered in ${worst} s at worst, ${findings.length} findings`
  );
}
