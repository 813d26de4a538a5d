import type { KeyScope } from "@/lib/project/permission";

/** A command that works as it is, once the key is in the shell's variable. */
export function firstCommand(
  origin: string,
  slug: string,
  scopes: readonly KeyScope[],
  now: Date,
): { label: string; code: string } | null {
  if (scopes.includes("outputs:write")) {
    const record = {
      id: "first-output",
      occurred_at: `${now.toISOString().slice(0, 19)}Z`,
      input: { text: "Please pay invoice 4711" },
      output: { label: "invoice" },
    };
    return { label: "Send a first output", code: post(`${origin}/api/v1/outputs`, record) };
  }
  if (scopes.includes("truth:write")) {
    const record = { id: "first-output", ground_truth: { label: "invoice" } };
    return { label: "Send a first truth", code: post(`${origin}/api/v1/ground-truth`, record) };
  }
  if (scopes.includes("read")) {
    return {
      label: "Read the project",
      code: `curl ${origin}/api/v1/projects/${slug} \\\n  -H "Authorization: Bearer $ASSAY_KEY"`,
    };
  }
  return null;
}

function post(address: string, body: unknown): string {
  return [
    `curl -X POST ${address} \\`,
    `  -H "Authorization: Bearer $ASSAY_KEY" -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
}
