import type pg from "pg";

const NAME = /^[a-z][a-z0-9_]{0,40}$/;

/**
 * Makes a role that reads the views of `assay_read` and nothing else, or gives it a new password. It may be run again after every
 * release: views that were added are granted too. @throws RangeError when the name or the password could not be written down safely
 */
export async function grantReader(client: pg.ClientBase, name: string, password: string): Promise<void> {
  if (!NAME.test(name)) throw new RangeError("Use lower-case letters, digits and underscores for the role.");
  if (!/^[A-Za-z0-9_-]{20,}$/.test(password)) throw new RangeError("The password has to be a generated one.");
  const { rows } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [name]);
  const verb = rows.length > 0 ? "ALTER" : "CREATE";
  // Utility statements take no parameters; both words are checked above.
  await client.query(
    `${verb} ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION PASSWORD '${password}'`,
  );
  await client.query(`ALTER ROLE ${name} SET default_transaction_read_only = on`);
  await client.query(`ALTER ROLE ${name} SET statement_timeout = '60s'`);
  await client.query(`GRANT USAGE ON SCHEMA assay_read TO ${name}`);
  await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA assay_read TO ${name}`);
}
