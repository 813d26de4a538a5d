import { parseArgs } from "node:util";
import { MOST_DRAWS } from "@/lib/backtest/schema";

export interface ReplayOptions {
  file: string;
  reviewsPerWeek: number;
  seed: string;
  projectName: string;
  /** Where to write the result; null = only a summary on the screen. */
  json: string | null;
  url: string;
  rule: string | undefined;
  /** Segment attribute by which the reviews are spread. */
  attribute: string | null;
  /** Random draws of a backtest beside it; 0 = none. */
  backtestDraws: number;
  email: string;
  password: string;
}

export const USAGE = `npm run replay -- FILE.jsonl.gz [options]
  --reviews-per-week 100   reviews that simulated people do per recorded week
  --seed 1                 the same seed draws the same sample
  --project NAME           name of the new project, or of an interrupted one to go on with
  --spread ATTRIBUTE       spread the reviews over the values of this segment attribute
  --rule equal:FIELD       what makes an output right; or within:FIELD:0.3
  --json FILE              write estimates per week and segment, and the incidents found
  --backtest-draws 200     besides, when so many other random draws would have found them
  --url ADDRESS            a running Assay (http://localhost:3000)
ASSAY_EMAIL and ASSAY_PASSWORD name an administrator.`;

/** @throws Error with one sentence for what is wrong */
export function replayOptions(
  args: string[],
  environment: Record<string, string | undefined>,
): ReplayOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "reviews-per-week": { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      project: { type: "string" },
      spread: { type: "string" },
      rule: { type: "string" },
      json: { type: "string" },
      "backtest-draws": { type: "string", default: "0" },
      url: { type: "string", default: "http://localhost:3000" },
    },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error(`Name one file of recorded outputs.\n\n${USAGE}`);
  const reviewsPerWeek = Number(values["reviews-per-week"]);
  if (!Number.isInteger(reviewsPerWeek) || reviewsPerWeek < 1) {
    throw new Error(`--reviews-per-week ${values["reviews-per-week"]} is not a whole number above 0.`);
  }
  const backtestDraws = Number(values["backtest-draws"]);
  if (!Number.isInteger(backtestDraws) || backtestDraws < 0 || backtestDraws > MOST_DRAWS) {
    throw new Error(
      `--backtest-draws ${values["backtest-draws"]} is not a whole number up to ${MOST_DRAWS}.`,
    );
  }
  if (!URL.canParse(values.url)) throw new Error(`--url ${values.url} is not an address.`);
  const { ASSAY_EMAIL: email, ASSAY_PASSWORD: password } = environment;
  if (!email || !password)
    throw new Error("Set ASSAY_EMAIL and ASSAY_PASSWORD to an administrator's sign-in.");
  return {
    file,
    reviewsPerWeek,
    seed: values.seed,
    projectName:
      values.project ??
      `Replay of ${file
        .split("/")
        .at(-1)
        ?.replace(/\.jsonl(\.gz)?$/, "")}, seed ${values.seed}`,
    json: values.json ?? null,
    url: values.url,
    rule: values.rule,
    attribute: values.spread ?? null,
    backtestDraws,
    email,
    password,
  };
}
