import type { JobName } from "@/lib/core/job";

/** What may be expected of a kind of job. */
export interface JobPromise {
  /** The clock starts it that often; or, `asked`, it is done so soon after somebody asked for it. */
  seconds: number;
  asked?: true;
  /** Said on pages and in alerts while it stands still. */
  standsStill: string;
  /** What it stops can wait until the morning. */
  minor?: true;
}

/** Every kind of job; one without a promise does not compile. */
export const JOB_PROMISES: { [N in JobName]: JobPromise } = {
  "fold-counts": {
    asked: true,
    seconds: 60,
    standsStill: "New outputs are stored, but not counted and not drawn for review.",
  },
  "refresh-estimate": { asked: true, seconds: 60, standsStill: "Accuracy is not brought up to date." },
  "settle-truth": {
    asked: true,
    seconds: 120,
    standsStill: "Truth that came by API is not yet in the accuracy.",
  },
  "settle-truth-again": {
    asked: true,
    seconds: 600,
    standsStill: "The changed setting for truth is not yet in the accuracy.",
  },
  "evaluate-monitors": { asked: true, seconds: 120, standsStill: "Reviewed days are not checked for drops." },
  "evaluate-due": { seconds: 60, standsStill: "Nobody looks which days can be checked for drops." },
  "count-inputs": { asked: true, seconds: 180, standsStill: "New inputs are not compared with the pilot's." },
  "freeze-inputs": {
    asked: true,
    seconds: 600,
    standsStill: "What the pilot's inputs look like is not worked out.",
  },
  "watch-silence": { seconds: 60, standsStill: "Nobody looks whether outputs still come in." },
  "watch-inputs": {
    seconds: 3_600,
    standsStill:
      "Nobody looks how much comes in, and whether truths and reviews come as soon as in the pilot.",
    minor: true,
  },
  "run-backtest": {
    asked: true,
    seconds: 3_600,
    standsStill: "A backtest does not come to an end.",
    minor: true,
  },
  "make-demo": {
    asked: true,
    seconds: 1_800,
    standsStill: "The simulated project is not made.",
    minor: true,
  },
  "make-reading": {
    asked: true,
    seconds: 600,
    standsStill: "The search for worst segments and the figures about reviewers show an older state.",
    minor: true,
  },
  "report-breaker": { asked: true, seconds: 60, standsStill: "A broken contract is not made an incident." },
  "infer-contract": {
    asked: true,
    seconds: 600,
    standsStill: "A contract is not drafted from the pilot.",
    minor: true,
  },
  "close-epochs": {
    seconds: 60,
    standsStill: "Days that are over are not closed, and nothing is drawn from them.",
  },
  "plan-probes": {
    asked: true,
    seconds: 600,
    standsStill: "Known items are not put into the queues of reviewers.",
    minor: true,
  },
  "probes-due": {
    seconds: 600,
    standsStill: "Nobody looks whether reviewers need known items.",
    minor: true,
  },
  "make-digests": {
    asked: true,
    seconds: 600,
    standsStill: "Reminders of reviews are not written.",
    minor: true,
  },
  "digests-due": {
    seconds: 3_600,
    standsStill: "Nobody looks whether reminders of reviews are due.",
    minor: true,
  },
  "expire-samples": {
    seconds: 600,
    standsStill: "Reviews that somebody left open are not given to others.",
    minor: true,
  },
  "route-alert": { asked: true, seconds: 60, standsStill: "News of an incident is not passed on." },
  "mail-digests": {
    seconds: 600,
    standsStill: "Reminders and the weekly e-mail are not written.",
    minor: true,
  },
  "deliver-alerts": { seconds: 60, standsStill: "Alerts are not sent." },
  "catch-up": { seconds: 60, standsStill: "Nobody looks for work that was left behind." },
  "sweep-expired": { seconds: 3_600, standsStill: "What has outlived its use is not deleted.", minor: true },
};
