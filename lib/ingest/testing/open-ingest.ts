import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import type { PrismaClient } from "@/lib/db/generated/client";
import { newId } from "@/lib/core/id";
import { machineDoors } from "@/lib/ingest/doors";
import { makeApiKey } from "@/lib/project/make-api-key";
import { createFrontServer } from "@/lib/server/http-server";
import { parseTrustedProxies } from "@/lib/server/request-hygiene";
import { makeSampledProject, type SampledProject } from "@/lib/testing/store-outputs";

export interface Sent {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown> & { results?: Record<string, unknown>[] };
}

export interface SendOptions {
  method?: string;
  path?: string;
  token?: string | null;
  type?: string | null;
  headers?: Record<string, string | string[]>;
}

/** What a client of the doors does, without one. */
export async function serveDoors(): Promise<(body: unknown, options: SendOptions) => Promise<Sent>> {
  const port = await openDoors();
  return (body, options) => send(port, body, options);
}

/** The product's own front server with its machine doors: the free port of loopback that it is on; closed after the file's tests. */
export async function openDoors(): Promise<number> {
  const server = createFrontServer({
    doors: machineDoors,
    pages: () => async (_request, response) => void response.writeHead(404).end(),
    alive: () => true,
    ready: async () => "ready",
    isDraining: () => false,
    trustedProxies: parseTrustedProxies(undefined),
    https: false,
    development: false,
    logError: (error) => {
      throw error;
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

/** Bytes and texts go as they are, everything else as JSON. */
function send(port: number, body: unknown, options: SendOptions): Promise<Sent> {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const headers: Record<string, string | string[]> = {
    ...(options.type === null ? {} : { "content-type": options.type ?? "application/json" }),
    ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
    "content-length": String(bytes.length),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const path = options.path ?? "/api/v1/outputs";
    const sent = httpRequest(
      { host: "127.0.0.1", port, path, method: options.method ?? "POST", headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: text === "" ? {} : JSON.parse(text),
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(bytes);
  });
}

export interface SendingProject extends SampledProject {
  token: string;
}

/** A project with a plan, a source and a key that may send everything. */
export async function makeSendingProject(
  db: PrismaClient,
  input: Parameters<typeof makeSampledProject>[1] & { scopes?: string[] } = {},
): Promise<SendingProject> {
  const sampled = await makeSampledProject(db, { recorded: false, ...input });
  const token = await makeKey(db, sampled, input.scopes ?? ["outputs:write", "truth:write"]);
  return { ...sampled, token };
}

export async function makeKey(
  db: PrismaClient,
  { project, sourceId }: SampledProject,
  scopes: string[],
  settings: { expiresAt?: Date; revokedAt?: Date } = {},
): Promise<string> {
  const { token, keyId, secretHash, lastFour } = makeApiKey();
  await db.apiKey.create({
    data: {
      projectId: project.id,
      id: newId(),
      keyId,
      secretHash: new Uint8Array(secretHash),
      lastFour,
      name: "test",
      scopes,
      sourceId,
      ...settings,
    },
  });
  return token;
}

let made = 0;

/** A record that is right, with another id each time. */
export function makeRecord(more: Record<string, unknown> = {}): Record<string, unknown> & { id: string } {
  made += 1;
  return {
    id: `r-${made}`,
    occurred_at: new Date().toISOString(),
    input: { text: `case ${made}` },
    output: { label: made % 3 === 0 ? "no" : "yes" },
    segments: { region: made % 2 === 0 ? "eu" : "us" },
    ...more,
  };
}

/** A form whose only question is the label: yes or no. */
export function labelForm() {
  return {
    threshold: 1,
    fields: [
      {
        key: "label",
        label: "Label",
        type: "category",
        required: true,
        weight: 1,
        output_path: "/label",
        truth_path: "/label",
        options: [
          { value: "yes", label: "Yes" },
          { value: "no", label: "No" },
        ],
      },
    ],
  };
}

export interface LedgerTotals {
  received: number;
  accepted: number;
  flagged: number;
  duplicates: number;
  conflicts: number;
  quarantined: number;
  refused: number;
}

/** Sums of the ledger of a project, folded or not. */
export async function ledgerTotals(db: PrismaClient, projectId: string): Promise<LedgerTotals> {
  const [row] = await db.$queryRaw<[LedgerTotals]>`
    SELECT COALESCE(sum(received), 0)::int AS received, COALESCE(sum(accepted), 0)::int AS accepted,
      COALESCE(sum(flagged), 0)::int AS flagged, COALESCE(sum(duplicates), 0)::int AS duplicates,
      COALESCE(sum(conflicts), 0)::int AS conflicts, COALESCE(sum(quarantined), 0)::int AS quarantined,
      COALESCE(sum(refused), 0)::int AS refused
    FROM (
      SELECT received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_delta
      WHERE project_id = ${projectId}::uuid
      UNION ALL
      SELECT received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_hour
      WHERE project_id = ${projectId}::uuid) each`;
  return row;
}
