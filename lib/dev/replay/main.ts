import { writeFileSync } from "node:fs";
import { segmentSentence } from "@/lib/incident/segment-part";
import { backtestRecords } from "@/lib/dev/backtest/backtest-records";
import { DEFAULT_BACKTEST } from "@/lib/dev/backtest/options";
import { resultText } from "@/lib/dev/backtest/result-text";
import { type HttpClient, keyClient, signIn } from "./http-client";
import { type ReplayOptions, replayOptions } from "./options";
import { prepareProject, signInReviewers } from "./prepare-project";
import { progressLine } from "./progress";
import { type ReplayResult, readResult, waitUntilEvaluated, waitUntilFresh } from "./read-result";
import { type RecordedRule, recordedDefinition, recordedRule } from "./recorded-rule";
import { type RecordedOutput, type RecordedWeek, readRecordedStream, recordedWeeks } from "./recorded-stream";
import { type ReplayState, readReplayState, writeReplayState } from "./replay-state";
import { reviewWeek } from "./review-week";
import { type SendCounts, sendWeek } from "./send-week";

const WEEK_MS = 7 * 86_400_000;

/** One replay under way. */
interface Replay {
  options: ReplayOptions;
  records: readonly RecordedOutput[];
  rule: RecordedRule;
  admin: HttpClient;
  state: ReplayState;
}

async function main(): Promise<void> {
  const options = replayOptions(process.argv.slice(2), process.env);
  const records = await readRecordedStream(options.file);
  const rule = recordedRule(records, options.rule);
  const weeks = recordedWeeks(records);
  const admin = await signIn(options.url, options.email, options.password);
  const state = await stateOf(options, records, rule, admin);
  const replay = { options, records, rule, admin, state };
  await runWeeks(replay, weeks);
  const machine = keyClient(options.url, state.key);
  await waitUntilFresh(machine, state.project);
  await waitUntilEvaluated(machine, state.project);
  const result = await readResult(machine, state.project, {
    from: weeks[0]?.start ?? "",
    to: new Date(Date.parse(weeks.at(-1)?.start ?? "") + WEEK_MS - 1).toISOString().slice(0, 10),
  });
  const backtest = options.backtestDraws > 0 ? await backtestBeside(replay) : null;
  if (options.json) {
    const file = { ...resultFile(replay, result), ...(backtest ? { backtest } : {}) };
    writeFileSync(options.json, `${JSON.stringify(file, null, 1)}\n`);
  }
  summarise(replay, result);
  if (backtest) note(resultText(backtest.result, backtest.settings.accepted_per_year));
}

async function stateOf(
  options: ReplayOptions,
  records: readonly RecordedOutput[],
  rule: RecordedRule,
  admin: HttpClient,
): Promise<ReplayState> {
  const known = readReplayState(options.url, options.projectName);
  if (known) {
    note(`Going on with "${options.projectName}": ${known.weeksDone.length} weeks are done.`);
    return known;
  }
  const { url, projectName, seed, reviewsPerWeek, attribute } = options;
  const definition = recordedDefinition(rule, records);
  const expectedPerDay = Math.max(1, Math.round(records.length / (recordedWeeks(records).length * 7)));
  return prepareProject(admin, {
    url,
    projectName,
    seed,
    reviewsPerWeek,
    expectedPerDay,
    definition,
    attribute,
  });
}

/** Sends, closes and reviews week after week; an interrupted run starts again with the week that was under way. */
async function runWeeks(replay: Replay, weeks: readonly RecordedWeek[]): Promise<void> {
  const { state, options } = replay;
  const machine = keyClient(options.url, state.key);
  const reviewers = await signInReviewers(state);
  const truths = new Map(replay.records.map(({ id, groundTruth }) => [id, groundTruth]));
  const report = progressLine(weeks.length - state.weeksDone.length, performance.now());
  const done = new Set(state.weeksDone);
  for (const week of weeks) {
    if (done.has(week.start)) continue;
    if (state.weekSent !== week.start) noteSent(state, week, await sendWeek(machine, week));
    const before = new Date(Date.parse(week.start) + WEEK_MS).toISOString();
    await machine.post("/api/v1/epochs/close", { before });
    await freezeAfterPilot(replay, week);
    const left = options.reviewsPerWeek - state.reviewsInWeek;
    await reviewWeek(reviewers, isPilotOnly(week) ? 0 : left, {
      base: `/api/v1/projects/${state.project}`,
      rule: replay.rule,
      truths,
      held: state.held,
      hold: (reviewer, item) => {
        state.held[reviewer] = item;
        if (item) writeReplayState(state);
      },
      done: () => {
        state.reviewsInWeek += 1;
      },
    });
    state.weeksDone.push(week.start);
    state.reviewsInWeek = 0;
    writeReplayState(state);
    report(state.weeksDone.length - done.size, `week of ${week.start}: ${week.records.length} outputs`);
  }
  if (process.stderr.isTTY) process.stderr.write("\n");
}

/** A week that was sent is not sent again by the run that goes on with its reviews. */
function noteSent(state: ReplayState, week: RecordedWeek, counts: SendCounts): void {
  for (const name of Object.keys(counts) as (keyof SendCounts)[]) state.sent[name] += counts[name];
  state.weekSent = week.start;
  writeReplayState(state);
}

function isPilotOnly(week: RecordedWeek): boolean {
  return week.records.every((record) => record.phase === "pilot");
}

/** With the first week of production the pilot is complete: its accuracy becomes what everything is compared with. */
async function freezeAfterPilot({ state, options, admin }: Replay, week: RecordedWeek): Promise<void> {
  if (state.baselineFrozen || isPilotOnly(week)) return;
  if (state.weeksDone.length > 0) {
    await waitUntilFresh(keyClient(options.url, state.key), state.project);
    await admin.post(`/api/v1/projects/${state.project}/baseline`, { note: "Pilot of the recorded history" });
  }
  state.baselineFrozen = true;
  writeReplayState(state);
}

/** What other random draws of the same reviews would have found, calculated here from all recorded truths. */
async function backtestBeside({ options, records }: Replay) {
  const { backtestDraws: draws, reviewsPerWeek, seed, rule, attribute } = options;
  const report = progressLine(draws, performance.now(), "draws");
  const step = process.stderr.isTTY ? 1 : Math.ceil(draws / 10);
  const wanted = {
    ...DEFAULT_BACKTEST,
    draws,
    budgets: [reviewsPerWeek],
    seed,
    rule,
    spread: attribute,
  };
  return backtestRecords(records, wanted, {
    signal: new AbortController().signal,
    progress: (done) => done % step === 0 && report(done, "backtest"),
  });
}

function resultFile({ options, state, rule }: Replay, result: ReplayResult) {
  return {
    project: state.project,
    seed: options.seed,
    reviews_per_week: options.reviewsPerWeek,
    rule,
    sent: state.sent,
    ...result,
  };
}

function summarise({ state, options }: Replay, result: ReplayResult): void {
  const { sent } = state;
  note(
    `Sent ${sent.received} outputs: ${sent.accepted} stored, ${sent.duplicates} known already, ${sent.conflicts} in conflict, ${sent.quarantined} quarantined.`,
  );
  const reviewed = result.overall.reduce((total, point) => total + point.n, 0);
  const found = result.incidents.map(
    ({ attribute, value, found: day }) => `${segmentSentence({ attribute, value })} (${day ?? "?"})`,
  );
  note(found.length === 0 ? "No drop was found." : `Drops that were found: ${found.join("; ")}.`);
  note(
    `${reviewed} of them have a verdict. The accuracy page: ${new URL(`/${state.project}/accuracy`, options.url)}`,
  );
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
