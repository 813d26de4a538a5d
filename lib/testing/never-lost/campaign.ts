import { chromium } from "@playwright/test";
import { findBrowser } from "@/lib/dev/browser.mjs";
import { hashPassword } from "@/lib/project/password";
import { FAULTS } from "./faults";
import {
  comeToRest,
  compare,
  decide,
  giveReason,
  type Lane,
  type Manner,
  openLane,
  openReview,
  PASSWORD,
  undo,
} from "./lane";
import type { TwoServers } from "./two-servers";

export interface CampaignOptions {
  seed: number;
  runs: number;
  lanes: number;
  /** The control that breaks the browser's store. */
  breakStore?: boolean;
  /** Only these, for a control. */
  only?: readonly string[];
}

export interface CampaignResult {
  differences: string[];
  /** Runs in which the browser could not be driven on, for example because the machine was too busy: they say nothing. */
  brokenOff: string[];
  decisions: number;
  /** How often each fault really happened. */
  happened: Record<string, number>;
  seconds: number;
}

/** Many times what a run takes. */
const RUN_SECONDS = 240;

/** Small and fast: a schedule is repeated by its seed; what the machine makes of it differs. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Faults by their shares, shuffled, so that a short campaign meets all of them too. */
export function schedule(seed: number, runs: number, only?: readonly string[]): string[] {
  const random = randomFrom(seed);
  const names = Object.entries(FAULTS).filter(([name]) => !only || only.includes(name));
  const total = names.reduce((sum, [, { share }]) => sum + share, 0);
  const drawn = names.flatMap(([name, { share }]) =>
    Array.from({ length: Math.max(1, Math.round((runs * share) / total)) }, () => ({ name, at: random() })),
  );
  drawn.sort((a, b) => a.at - b.at);
  return Array.from({ length: runs }, (_, run) => drawn[run % drawn.length]?.name ?? "");
}

/** Randomised runs of reviewers in real browsers. After each the database is compared with what the screen said. */
export async function runCampaign(servers: TwoServers, options: CampaignOptions): Promise<CampaignResult> {
  const found = findBrowser();
  const browser = await chromium.launch({
    ...(found ? { executablePath: found.executablePath } : {}),
    // Pages that were left come back as they were, as in the browsers of people.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-sandbox",
    ],
  });
  const started = performance.now();
  const result: CampaignResult = { differences: [], brokenOff: [], decisions: 0, happened: {}, seconds: 0 };
  const runs = schedule(options.seed, options.runs, options.only).map((fault, number) => ({ fault, number }));
  const passwordHash = await hashPassword(PASSWORD);
  try {
    await Promise.all(
      Array.from({ length: options.lanes }, async (_, number) => {
        const random = randomFrom(options.seed * 101 + number);
        const items = Math.ceil(options.runs / options.lanes) * 12 + 60;
        const lane = await openLane(browser, servers, {
          items,
          passwordHash,
          random,
          breakStore: options.breakStore ?? false,
        });
        for (let run = runs.shift(); run; run = runs.shift()) await oneRun(lane, run, result);
        await lane.context.close();
      }),
    );
  } finally {
    await browser.close();
  }
  return { ...result, seconds: (performance.now() - started) / 1_000 };
}

async function oneRun(
  lane: Lane,
  run: { fault: string; number: number },
  result: CampaignResult,
): Promise<void> {
  const { random } = lane;
  const note = (name: string) => {
    result.happened[name] = (result.happened[name] ?? 0) + 1;
  };
  const steps = 2 + Math.floor(random() * 2);
  const at = Math.floor(random() * steps);
  const began = lane.said.length;
  const work = async () => {
    for (let step = 0; step < steps; step += 1) {
      const manner = drawManner(random);
      if (manner.presses === "twice") note("key pressed twice");
      if (manner.presses === "held") note("key held down");
      if (step === at) {
        if (await FAULTS[run.fault]?.make(lane, manner)) note(run.fault);
      } else await ordinaryStep(lane, manner, note);
    }
    await lane.context.setOffline(false);
    lane.servers.proxy.clear(lane.queue.project.slug);
    await comeToRest(lane);
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not over after ${RUN_SECONDS} s: ${lane.doing}`)),
      RUN_SECONDS * 1_000,
    );
  });
  try {
    await Promise.race([work(), late]).finally(() => clearTimeout(timer));
  } catch (error) {
    const words = String(error instanceof Error ? error.stack : error).slice(0, 400);
    result.brokenOff.push(`run ${run.number} (${run.fault}): ${words}`);
    await startAfresh(lane);
    return;
  }
  result.decisions += lane.said.length - began;
  const differences = await compare(lane);
  for (const each of differences) {
    const words = `run ${run.number} (${run.fault}): ${each}`;
    result.differences.push(words);
    // At once, for whoever waits.
    process.stderr.write(`${words}\n`);
  }
}

/** Ends whatever is under way, and takes what is stored by then as given. */
async function startAfresh(lane: Lane): Promise<void> {
  await lane.context.setOffline(false);
  lane.servers.proxy.clear(lane.queue.project.slug);
  await openReview(lane);
  await comeToRest(lane);
  await compare(lane);
}

function drawManner(random: () => number): Manner {
  const drawn = random();
  return { presses: drawn < 0.15 ? "twice" : drawn < 0.25 ? "held" : "once", overrule: random() < 0.15 };
}

async function ordinaryStep(lane: Lane, manner: Manner, note: (name: string) => void): Promise<void> {
  const drawn = lane.random();
  if (drawn < 0.08) {
    note("handed on");
    await giveReason(lane, "SKIPPED");
  } else if (drawn < 0.13) {
    note("cannot judge");
    await giveReason(lane, "CANNOT_JUDGE");
  } else if (drawn < 0.25) {
    note("taken back");
    await decide(lane, manner);
    await undo(lane);
  } else await decide(lane, manner);
}
