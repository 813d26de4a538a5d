import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { COUNTER_NAMES, type Counters, type Operation, type Outcome } from "./operation";
import { makeRecord, type RecordToSend } from "./sent-record";

export interface ProducerOptions {
  process: number;
  random: () => number;
  token: string;
  /** Where the product listens now. */
  port: () => number;
  append: (operation: Operation) => void;
  stopped: () => boolean;
}

interface Attempt {
  outcome: Outcome;
  status: number | null;
  counters: Counters | null;
}

const MOST_RECORDS = 500;
const ANSWER_SECONDS = 10;
const count = z.int().min(0);
const answer = z.object({
  received: count,
  accepted: count,
  flagged: count,
  duplicates: count,
  conflicts: count,
  quarantined: count,
  refused: count.default(0),
});

/** One sender: batches of 1 to 500 records, some of them broken, repeated or in conflict; mostly it sends again what was not acknowledged. */
export async function produce(options: ProducerOptions): Promise<void> {
  const { random, append, stopped } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const stored: string[] = [];
  let next = 0;
  while (!stopped()) {
    const records = makeBatch(options.process, random, stored, () => next++);
    const body = formatBatch(records, random);
    for (let tries = 0; tries < 6 && !stopped(); tries += 1) {
      const start = performance.now();
      const attempt = await send(agent, options, body);
      append({
        process: options.process,
        op: "ingest",
        start,
        end: performance.now(),
        ...attempt,
        records: records.map(({ sent }) => sent),
      });
      if (attempt.outcome === "ok") {
        const fresh = records.find(({ sent }) => sent.intent === "fresh");
        if (fresh) stored.push(fresh.sent.id);
        // Now and then a sender repeats what was acknowledged: it must be a duplicate.
        if (random() > 0.1) break;
      } else {
        await pause(50 + random() * 200);
        if (random() < 0.3) break;
      }
    }
    await pause(random() * 25);
  }
  agent.destroy();
}

function makeBatch(
  process: number,
  random: () => number,
  stored: readonly string[],
  nextNumber: () => number,
): RecordToSend[] {
  const size = random() < 0.3 ? 1 : 1 + Math.floor(random() * MOST_RECORDS);
  return Array.from({ length: size }, () => {
    const id = `p${process}-${nextNumber()}`;
    const kind = random();
    const taken = stored[Math.floor(random() * stored.length)];
    if (kind < 0.005) return makeRecord("broken", `broken-${id}`, random);
    if (kind < 0.01 && taken) return makeRecord("conflict", taken, random);
    return makeRecord("fresh", id, random);
  });
}

interface Body {
  type: string;
  text: string;
}

function formatBatch(records: readonly RecordToSend[], random: () => number): Body {
  const bodies = records.map(({ body }) => body);
  if (bodies.length === 1) return { type: "application/json", text: JSON.stringify(bodies[0]) };
  const form = random();
  if (form < 0.3) return { type: "application/json", text: JSON.stringify(bodies) };
  if (form < 0.6)
    return { type: "application/x-ndjson", text: bodies.map((each) => `${JSON.stringify(each)}\n`).join("") };
  return { type: "application/json", text: JSON.stringify({ batch: bodies }) };
}

function send(agent: Agent, { port, token }: ProducerOptions, body: Body): Promise<Attempt> {
  return new Promise((resolve) => {
    const headers = { "content-type": body.type, authorization: `Bearer ${token}` };
    const target = {
      agent,
      host: "127.0.0.1",
      port: port(),
      method: "POST",
      path: "/api/v1/outputs",
      headers,
    };
    const sent = request({ ...target, timeout: ANSWER_SECONDS * 1000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => resolve(broken(null)));
      response.on("end", () =>
        resolve(readAnswer(response.statusCode ?? 0, Buffer.concat(chunks).toString())),
      );
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(broken(error.code ?? null)));
    sent.end(body.text);
  });
}

/** Nobody listened: nothing can have been stored. Any other broken connection leaves the outcome open. */
function broken(code: string | null): Attempt {
  return { outcome: code === "ECONNREFUSED" ? "fail" : "unknown", status: null, counters: null };
}

/** The database went away at a moment that the door cannot know: a commit may have reached the disk before its answer was cut off. */
function isOpen(status: number, text: string): boolean {
  return status === 503 && text.includes('"database_unavailable"');
}

function readAnswer(status: number, text: string): Attempt {
  if (status !== 202) return { outcome: isOpen(status, text) ? "unknown" : "fail", status, counters: null };
  const parsed = answer.parse(JSON.parse(text));
  const counters: Counters = { ...parsed };
  const parts = COUNTER_NAMES.slice(1).reduce((sum, name) => sum + counters[name], 0);
  if (parts !== counters.received) throw new Error(`The answer does not add up: ${text.slice(0, 300)}`);
  return { outcome: "ok", status, counters };
}
