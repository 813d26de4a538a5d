/**
 * Pages below a project's address that the benchmark asks for. [output] and its like stand for one that is there; what comes after
 * the question mark is as people ask for it.
 */
export const PROJECT_PAGES = [
  "",
  "start",
  "accuracy",
  "accuracy/compare",
  "incident",
  "incident/[incident]",
  "backtest",
  "backtest/[backtest]",
  "queue",
  "review",
  "review/adjudicate",
  "review/diagnostic",
  "reviewer",
  "reviewer/[reviewer]",
  "output",
  "output?segment=device:d1&verdict=incorrect",
  "output/[output]",
  "output/picked",
  "output/picked/[batch]",
  "input",
  "input/quarantine",
  "input/[record]",
  "input/drift",
  "setting/alert",
  "setting/alert/log",
  "setting/alert/weekly",
  "setting/answer-schema",
  "setting/audit",
  "setting/contract",
  "setting/keys",
  "setting/members",
  "setting/monitor",
  "setting/planner",
  "setting/project",
  "setting/review",
  "setting/sampling",
  "setting/sharing",
  "setting/sources",
] as const;

/** Pages of the installation: the same at both sizes, so that their growth says how far times of one page differ by themselves. */
export const INSTANCE_PAGES = [
  "/projects",
  "/projects/new",
  "/account",
  "/admin",
  "/admin/audit",
  "/docs",
  "/docs/numbers",
  "/docs/api",
] as const;

/** Pages that are not asked for, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "/": "leads to a project or to the list of them",
  "/admin/design": "for those who make the pages; reads nothing",
  "/invite": "before signing in; reads one row",
  "/setup": "before signing in; closed once there is an administrator",
  "/sign-in": "before signing in; reads nothing of a project",
};
