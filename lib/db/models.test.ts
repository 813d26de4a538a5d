import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { databaseUrl, dropDatabase, withClient } from "@/lib/testing/cluster";

const { url } = inject("testServer");
const shadow = `assay_test_shadow_${process.pid}`;
const folder = mkdtempSync(join("lib", "db", "generated", "models-"));
await withClient(url, (client) => client.query(`CREATE DATABASE ${shadow}`));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await withClient(url, (client) => dropDatabase(client, shadow));
});

test("the migrations lead to exactly the models", { timeout: 60_000 }, async () => {
  expect(await difference("prisma")).toEqual({ code: 0, text: expect.stringContaining("No difference") });
});

test("a model without its migration is seen", { timeout: 60_000 }, async () => {
  cpSync("prisma", folder, { recursive: true });
  const file = join(folder, "models", "project.prisma");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^model \w+ \{$/m, "$&\n  planted Int?"));
  expect(await difference(folder)).toEqual({ code: 2, text: expect.stringContaining("planted") });
});

/** 0: none, 2: some, 1: the comparison itself failed. */
function difference(schema: string): Promise<{ code: number; text: string }> {
  const compare = ["--from-migrations", "prisma/migrations", "--to-schema", schema, "--exit-code"];
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl(url, "postgres"),
    SHADOW_DATABASE_URL: databaseUrl(url, shadow),
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["node_modules/prisma/build/index.js", "migrate", "diff", ...compare],
      { env },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), text: `${stdout}${stderr}` }),
    );
  });
}

test("the engine of the command line is the one that this client was made for", () => {
  const version = (name: string): unknown =>
    JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
  expect(version("@prisma/schema-engine-wasm")).toBe(version("@prisma/engines-version"));
  expect(version("prisma")).toBe(version("@prisma/client"));
});
