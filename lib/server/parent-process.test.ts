import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

test("a server below a shell notices that the shell was killed", async () => {
  const program = `
    import { whenParentEnds } from "@/lib/server/parent-process";
    whenParentEnds(true, () => { process.stdout.write("ended"); process.exit(0); });
    setInterval(() => undefined, 1000);
    process.stdout.write("watching,");`;
  const env = { ...process.env, PROGRAM: program, NODE: process.execPath };
  const command = '"$NODE" --import tsx --input-type=module --eval "$PROGRAM"; exit 0';
  const shell = spawn("sh", ["-c", command], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  shell.stdout.on("data", (chunk) => {
    said += chunk;
    if (said === "watching,") shell.kill("SIGKILL");
  });
  await once(shell.stdout, "close");
  expect(said).toBe("watching,ended");
});
