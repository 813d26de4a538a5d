/** The evaluation of one project as a process that can be killed. Started by a test only, which gives it an IPC channel. */
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { evaluateMonitors } from "@/lib/monitor/evaluate-monitors";

/** What it tells the test. */
export type EvaluatorMessage = { ready: true } | { done: true };

const [url, projectId] = process.argv.slice(2);
if (!url || !projectId) throw new Error("Give the database's address and the project.");
const tell = (message: EvaluatorMessage) => process.send?.(message);

const pool = createPool(url, "job", 2);
const db = createClient(pool);
// Nothing of this may outlive the test.
process.once("disconnect", () => process.exit(0));
await db.$queryRaw`SELECT 1`;
process.once("message", () => void run());
tell({ ready: true });

async function run(): Promise<void> {
  await evaluateMonitors(db, projectId ?? "");
  tell({ done: true });
}
