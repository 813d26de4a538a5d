import { parseArgs } from "node:util";
import { MOST_DRAWS } from "@/lib/backtest/schema";

export interface BacktestOptions {
  file: string;
  budgets: number[];
  draws: number;
  seed: string;
  /** Input field that names what fails together; undefined: what the records say themselves; null: nothing does. */
  cluster: string | null | undefined;
  rule: string | undefined;
  /** Attribute by which the reviews are spread. */
  spread: string | null;
  /** Watched attributes; undefined: the ones that the product would choose. */
  watch: string[] | undefined;
  acceptedPerYear: number;
  floor: number | null;
  json: string | null;
}

/** What is meant when nothing is said. */
export const DEFAULT_BACKTEST = {
  budgets: [100],
  draws: 200,
  seed: "1",
  cluster: undefined,
  rule: undefined,
  spread: null,
  watch: undefined,
  acceptedPerYear: 0.5,
  floor: null,
} satisfies Omit<BacktestOptions, "file" | "json">;

const USAGE = `npm run backtest -- FILE.jsonl.gz [options]
  --reviews-per-week 100   reviews a week; several to compare: 50,100,200
  --draws 200              random draws
  --seed 1                 the same seed gives the same draws
  --cluster FIELD          input field that names what fails together (by default the records' own "cluster")
  --no-cluster             outputs count as independent
  --rule equal:FIELD       what makes an output right; or within:FIELD:0.3
  --spread ATTRIBUTE       spread the reviews over the values of this segment attribute
  --watch A,B              segment attributes to watch (by default up to five with the fewest values)
  --accepted 0.5           false alarms a year that are accepted
  --floor 0.9              accuracy that was promised (by default the boundary comes from the pilot)
  --json FILE              write the result`;

/** @throws Error with one sentence for what is wrong */
export function backtestOptions(args: string[]): BacktestOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "reviews-per-week": { type: "string", default: String(DEFAULT_BACKTEST.budgets) },
      draws: { type: "string", default: String(DEFAULT_BACKTEST.draws) },
      seed: { type: "string", default: DEFAULT_BACKTEST.seed },
      cluster: { type: "string" },
      "no-cluster": { type: "boolean", default: false },
      rule: { type: "string" },
      spread: { type: "string" },
      watch: { type: "string" },
      accepted: { type: "string", default: String(DEFAULT_BACKTEST.acceptedPerYear) },
      floor: { type: "string" },
      json: { type: "string" },
    },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error(`Name one file of recorded outputs.\n\n${USAGE}`);
  const draws = Number(values.draws);
  if (!isWhole(draws) || draws > MOST_DRAWS)
    throw new Error(`--draws ${values.draws} is not a whole number from 1 to ${MOST_DRAWS}.`);
  const budgets = values["reviews-per-week"].split(",").map(Number);
  if (!budgets.every(isWhole))
    throw new Error(
      `--reviews-per-week ${values["reviews-per-week"]} is neither a whole number above 0 nor a list of them.`,
    );
  const acceptedPerYear = Number(values.accepted);
  if (!(acceptedPerYear > 0)) throw new Error(`--accepted ${values.accepted} is not a number above 0.`);
  const floor = values.floor === undefined ? null : Number(values.floor);
  if (floor !== null && !(floor > 0 && floor < 1))
    throw new Error(`--floor ${values.floor} is not a share between 0 and 1.`);
  return {
    file,
    budgets,
    draws,
    seed: values.seed,
    cluster: values["no-cluster"] ? null : values.cluster,
    rule: values.rule,
    spread: values.spread ?? null,
    watch: values.watch?.split(","),
    acceptedPerYear,
    floor,
    json: values.json ?? null,
  };
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
