import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSendingProject, openDoors } from "@/lib/ingest/testing/open-ingest";
import type { SampleRecord } from "@/lib/start/schema";
import { testDatabase } from "@/lib/testing/database";
import { type Language, LANGUAGES, sentRecords, snippet } from "./snippets";

const { db } = await testDatabase();
const address = `http://127.0.0.1:${await openDoors()}`;
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-snippet-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What shells, TypeScript and Python read in ways of their own. */
const AWKWARD: SampleRecord[] = [
  {
    input: { text: `It's "quoted" \\ with $HOME, \`ticks\`, %s, {braces} and\nlines`, none: null, yes: true },
    output: { label: "RECORDS", list: [], members: {}, "odd key": -1.5e-7 },
    segments: { région: "Île-de-France", emoji: "🧾" },
  },
  { id: "theirs", occurred_at: "2020-01-01T00:00:00Z", input: 0, output: false },
];

const COMMANDS: Record<Language, { file: string; command: string; args: (path: string) => string[] }> = {
  curl: { file: "send.sh", command: "sh", args: (path) => [path] },
  typescript: { file: "send.ts", command: process.execPath, args: (path) => ["--import", "tsx", path] },
  python: { file: "send.py", command: "python3", args: (path) => [path] },
  opentelemetry: { file: "spans.sh", command: "sh", args: (path) => [path] },
};
const NEEDS: Record<Language, [string, string[]]> = {
  curl: ["curl", ["--version"]],
  typescript: [process.execPath, ["--version"]],
  python: ["python3", ["--version"]],
  opentelemetry: ["curl", ["--version"]],
};

function run(command: string, args: string[], env: Record<string, string> = {}): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...env } });
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.on("error", () => resolve(null));
    child.on("close", () => resolve(printed));
  });
}

async function send(language: Language, records: readonly SampleRecord[], keyInLines: boolean) {
  const { project, token } = await makeSendingProject(db);
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  const lines = snippet(language, { address, token: keyInLines ? token : null, records, at });
  const { file, command, args } = COMMANDS[language];
  const path = join(folder, file);
  await writeFile(path, lines);
  const printed = await run(command, args(path), { ASSAY_KEY: token });
  const stored = await db.$queryRaw<{ id: string; input: string; output: string; segments: unknown }[]>`
    SELECT external_id AS id, input::text, output::text, segments FROM output
    WHERE project_id = ${project.id}::uuid ORDER BY external_id`;
  return { printed, stored, sent: sentRecords({ records, at }) };
}

for (const { value: language, label } of LANGUAGES) {
  const [tool, version] = NEEDS[language];
  const { command } = COMMANDS[language];
  describe(`the lines in ${label}`, async () => {
    const isThere = (await run(tool, version)) !== null;
    it.skipIf(!isThere)(`send what was pasted (skipped without ${tool})`, async () => {
      for (const records of [AWKWARD, AWKWARD.slice(0, 1), []]) {
        const { printed, stored, sent } = await send(language, records, true);
        expect(printed).toContain(language === "opentelemetry" ? "{}" : `"accepted":${sent.length}`);
        expect(
          stored.map(({ id, input, output }) => ({
            id,
            input: JSON.parse(input) as unknown,
            output: JSON.parse(output) as unknown,
          })),
        ).toEqual(sent.map(({ id, input, output }) => ({ id, input, output })));
      }
    });

    // A shell's line begins with the key; the others read it from where secrets are kept.
    it.skipIf(!isThere || command === "sh")("take the key from the environment", async () => {
      const { printed } = await send(language, AWKWARD, false);
      expect(printed).toContain('"accepted":2');
    });
  });
}

it("never uses an id that a real output could have, nor its time", () => {
  const at = new Date("2026-11-30T10:40:24.500Z");
  expect(sentRecords({ records: AWKWARD, at })[1]).toMatchObject({
    id: "first-104024-2",
    occurred_at: "2026-11-30T10:40:24Z",
  });
});
