import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { checkedEnvironment } from "@/lib/server/boot";
import { grantReader } from "@/lib/db/grant-reader";
import { embeddedPostgresDir, startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";

/** `npm run reader`: a role that reads the views of `assay_read`, and the address with which other programs connect. */
const name = process.argv[2] ?? "assay_reader";
const env = checkedEnvironment(process.env);
const embedded = env.DATABASE_URL
  ? null
  : await startEmbeddedPostgres({ dataDir: embeddedPostgresDir(process.env), log: () => {} });
const client = new Client({ connectionString: env.DATABASE_URL ?? embedded?.url });
try {
  await client.connect();
  const password = randomBytes(24).toString("base64url");
  await grantReader(client, name, password);
  const address = new URL(env.DATABASE_URL ?? embedded?.url ?? "");
  address.username = name;
  address.password = password;
  process.stdout.write(
    `${name} may read the views of the schema assay_read, and nothing else:\n  ${address}\n`,
  );
  if (embedded)
    process.stdout.write("The embedded database answers on this machine only, while Assay runs.\n");
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await client.end();
  // A server that was running before belongs to whoever started it.
  if (embedded && !embedded.adopted) await embedded.stop();
}
