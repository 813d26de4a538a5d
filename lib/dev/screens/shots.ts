/** One picture: of which page, in which state, and how its address is found. */
export interface Shot {
  /** File name without its ending. */
  name: string;
  /** What is to be seen, as the index of pictures says it. */
  title: string;
  /** The page's folder below app, without groups: "/[project]/accuracy". */
  page: string;
  /** In the full project, the empty one, or outside of both. */
  in: "full" | "empty" | "house" | "stranger";
  /** Below the project, or whole outside of one; absent: the page as it is. */
  path?: string;
  /** The first link of that list which looks like this. */
  first?: { on: string; link: string };
  /** What is done on the page before the picture is taken. */
  act?: "palette" | "keys" | "no-answer" | "table";
  /** Taken while the database is away: opened at its address, or reached from the overview by the link of this name. */
  away?: { by: "address" } | { by: "link"; name: string };
  /** The server's no belongs to the picture. */
  status?: number;
  /** So does its no to what the page asks for. */
  isRefused?: true;
}

const FULL: readonly (readonly [string, string, Partial<Shot>?])[] = [
  ["overview", ""],
  ["accuracy", "/accuracy"],
  ["compare-versions", "/accuracy/compare"],
  ["incidents", "/incident"],
  ["incident", "/incident/[incident]", { first: { on: "/incident", link: "/incident/" } }],
  ["review", "/review"],
  ["decide-between-two", "/review/adjudicate"],
  ["review-hand-picked", "/review/diagnostic"],
  ["queue", "/queue"],
  ["reviewers", "/reviewer"],
  ["reviewer", "/reviewer/[reviewer]", { first: { on: "/reviewer", link: "/reviewer/" } }],
  ["outputs", "/output"],
  ["output", "/output/[output]", { first: { on: "/output", link: "/output/0" } }],
  ["hand-picked", "/output/picked"],
  [
    "hand-picked-batch",
    "/output/picked/[batch]",
    { first: { on: "/output/picked", link: "/output/picked/" } },
  ],
  ["input", "/input"],
  ["drift", "/input/drift"],
  ["quarantine", "/input/quarantine"],
  ["record-in-quarantine", "/input/[record]", { first: { on: "/input", link: "/input/0" } }],
  ["backtests", "/backtest"],
  ["backtest", "/backtest/[backtest]", { first: { on: "/backtest", link: "/backtest/" } }],
  ...[
    "project",
    "answer-schema",
    "contract",
    "sampling",
    "planner",
    "review",
    "monitor",
    "alert",
    "alert/log",
    "alert/weekly",
    "sources",
    "keys",
    "members",
    "sharing",
    "audit",
  ].map((path) => [`settings-${path.replace("/", "-")}`, `/setting/${path}`] as const),
];

const EMPTY = [
  "",
  "/start",
  "/accuracy",
  "/incident",
  "/review",
  "/queue",
  "/reviewer",
  "/output",
  "/input",
  "/backtest",
];

/** Main pages while the database is away: the one that is opened anew, and those that are gone to from a page that was there. */
const AWAY: readonly Shot[] = [
  state("error-database", "A page that is opened while the database is away", "/[project]", {
    away: { by: "address" },
    status: 500,
  }),
  ...[
    ["accuracy", "Accuracy"],
    ["incident", "Incidents"],
    ["output", "Outputs"],
    ["input", "Input"],
  ].map(([path, name = ""]) =>
    state(`error-${path}`, `${name} while the database is away`, `/[project]/${path}`, {
      away: { by: "link", name },
    }),
  ),
];

/** Every picture, in the order of the index. */
export const SHOTS: readonly Shot[] = [
  ...FULL.map(([name, page, rest]) => ({
    name,
    title: wordsOf(name),
    page: `/[project]${page}`,
    in: "full" as const,
    ...rest,
  })),
  state("accuracy-table", "Accuracy as a table", "/[project]/accuracy", { path: "/accuracy?view=table" }),
  state("palette", "Search of pages and actions", "/[project]", { act: "palette" }),
  state("keys", "List of keys", "/[project]/accuracy", { act: "keys" }),
  ...EMPTY.map((path) => ({
    name: `empty-${path === "" ? "overview" : path.slice(1)}`,
    title: `${path === "" ? "Overview" : wordsOf(path.slice(1))} of a project in which nothing has happened`,
    page: `/[project]${path}`,
    in: "empty" as const,
  })),
  state("error-no-answer", "Review while the server does not answer", "/[project]/review", {
    act: "no-answer",
  }),
  state("error-not-found", "An address in a project at which nothing is", "/[project]/output/[output]", {
    path: "/output/00000000-0000-7000-8000-000000000000",
    status: 404,
  }),
  house("error-nowhere", "An address at which nothing is", "/[project]", {
    path: "/nobody-made-this",
    status: 404,
  }),
  ...AWAY,
  house("projects", "Projects", "/projects"),
  house("new-project", "New project", "/projects/new"),
  house("account", "Your account", "/account"),
  house("people", "People", "/admin"),
  house("design", "Design language", "/admin/design"),
  house("audit-log", "Audit log of the installation", "/admin/audit"),
  house("docs", "Documentation", "/docs"),
  house("docs-numbers", "How the numbers stay honest", "/docs/numbers"),
  house("docs-api", "The API, as it describes itself", "/docs/api"),
  { name: "sign-in", title: "Sign in", page: "/sign-in", in: "stranger" },
  { name: "invite", title: "A link that is none", page: "/invite", in: "stranger", isRefused: true },
];

/** Pages of which there is no picture, and why. */
export const NOT_TAKEN: Readonly<Record<string, string>> = {
  "/": "leads on to a project or to the list of them",
  "/setup": "is there before the first administrator only",
};

/** Folders with a page that neither has a picture nor a reason to have none. */
export function pagesWithoutShot(pages: readonly string[], shots = SHOTS): string[] {
  const taken = new Set(shots.map(({ page }) => page));
  return pages.filter((page) => !taken.has(page) && !(page in NOT_TAKEN));
}

/** "app/(app)/[project]/accuracy/page.tsx" → "/[project]/accuracy" */
export function pageOfFile(path: string): string {
  const folders = path.split("/").slice(1, -1);
  return `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`;
}

function state(name: string, title: string, page: string, rest: Partial<Shot>): Shot {
  return { name, title, page, in: "full", ...rest };
}

function house(name: string, title: string, page: string, rest: Partial<Shot> = {}): Shot {
  return { name, title, page, in: "house", ...rest };
}

function wordsOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
