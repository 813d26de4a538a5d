import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

import { env } from "@/lib/core/env";
import { sendCountsSchema } from "./send-week";

/** What an interrupted replay needs to go on: which project, with which key and reviewers, and how far it came. */
const stateSchema = z.strictObject({
  url: z.string(),
  projectName: z.string(),
  /** Address part of the project. */
  project: z.string(),
  key: z.string(),
  reviewers: z.array(z.strictObject({ email: z.string(), password: z.string() })),
  /** Weeks (Mondays) that were sent and reviewed completely. */
  weeksDone: z.array(z.string()),
  /** The last week (Monday) that was sent completely; its reviews may be under way. */
  weekSent: z.string().nullable(),
  /** What became of everything sent so far. */
  sent: sendCountsSchema,
  /** Reviews done in the week that is under way. */
  reviewsInWeek: z.number().int().min(0),
  /** Items that the reviewers have leased and not judged, by number: left alone, they would be a gap in the queue. */
  held: z.array(z.strictObject({ slot_id: z.string(), lease_token: z.string() }).nullable()),
  baselineFrozen: z.boolean(),
});
export type ReplayState = z.output<typeof stateSchema>;

function stateFile(url: string, projectName: string): string {
  const name = `${new URL(url).host}-${projectName}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return join(env().ASSAY_DATA_DIR, "replay", `${name}.json`);
}

/** The state of an earlier run of the same project name on the same address, if there was one. */
export function readReplayState(url: string, projectName: string): ReplayState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(stateFile(url, projectName), "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Error(`${stateFile(url, projectName)} is damaged: delete it to start anew.`, { cause: error });
  }
}

/** Written whole and moved into place, readable by its owner only: it holds the simulated reviewers' passwords. */
export function writeReplayState(state: ReplayState): void {
  const file = stateFile(state.url, state.projectName);
  mkdirSync(join(env().ASSAY_DATA_DIR, "replay"), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
