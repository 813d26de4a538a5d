import { expect, test } from "@playwright/test";
import { type CampaignResult, runCampaign } from "@/lib/testing/never-lost/campaign";
import { startTwoServers, type TwoServers } from "@/lib/testing/never-lost/two-servers";

/** Enough to meet every fault within two minutes; ASSAY_REVIEW_RUNS=300 is the whole campaign. */
const RUNS = Number(process.env.ASSAY_REVIEW_RUNS ?? 50);
const SEED = Number(process.env.ASSAY_REVIEW_SEED ?? 20261203);
const LANES = 2;

const CONTROLS = [
  {
    name: "every attempt with a submission key of its own",
    only: ["answer to the submit lost after the commit"],
    forgetKeys: true,
    breakStore: false,
  },
  {
    name: "a browser store that says yes and keeps nothing",
    only: ["page closed with an unsent review"],
    forgetKeys: false,
    breakStore: true,
  },
];

test.describe.configure({ mode: "serial" });
let servers: TwoServers;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  servers = await startTwoServers();
});
test.afterAll(() => servers?.stop());

test(`${RUNS} randomised runs of reviewers: the database equals what the screen said`, async () => {
  // A quarter of it on a quiet machine.
  test.setTimeout(1_500_000);
  const result = await runCampaign(servers, { seed: SEED, runs: RUNS, lanes: LANES });
  say(
    `seed ${SEED}, ${RUNS} runs, ${result.decisions} decisions in ${result.seconds.toFixed(0)} s, ${servers.kills()} servers killed; ` +
      `${result.differences.length} differences, ${result.brokenOff.length} runs broken off; ${counted(result)}`,
  );
  for (const each of result.brokenOff) say(each);
  expect(result.differences).toEqual([]);
  expect(result.brokenOff.length).toBeLessThanOrEqual(RUNS / 50);
});

for (const { name, only, forgetKeys, breakStore } of CONTROLS)
  test(`control: ${name} is caught`, async () => {
    test.setTimeout(300_000);
    servers.proxy.forgetKeys(forgetKeys);
    const result = await runCampaign(servers, { seed: SEED, runs: 8, lanes: 2, only, breakStore });
    servers.proxy.forgetKeys(false);
    say(
      `control, ${name}: ${result.differences.length} differences in 8 runs, first: ${result.differences[0]}`,
    );
    expect(result.differences.length).toBeGreaterThan(0);
  });

function counted({ happened }: CampaignResult): string {
  return Object.entries(happened)
    .sort(([, a], [, b]) => b - a)
    .map(([fault, count]) => `${fault} ${count}`)
    .join(", ");
}

/** What was measured, for whoever reads the test's output. */
function say(line: string): void {
  process.stderr.write(`never lost: ${line}\n`);
}
