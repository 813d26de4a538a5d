import { fetchJson } from "@/components/ui/fetch-json";

/** Takes hand-picked outputs off the queue or puts them back; all of the question, or those named. Returns how many. */
export async function changePicked(
  slug: string,
  batchId: string,
  verb: "remove" | "restore",
  outputs?: readonly string[],
): Promise<number> {
  const { changed } = await fetchJson<{ changed: number }>(
    `/api/v1/projects/${slug}/diagnostics/${batchId}/${verb}`,
    { method: "POST", body: outputs ? { outputs } : {} },
  );
  return changed;
}
