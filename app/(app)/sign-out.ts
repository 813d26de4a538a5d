import { fetchJson } from "@/components/ui/fetch-json";

/** Ends this sign-in on the server, then leaves the page with everything that it showed. */
export async function signOut(): Promise<void> {
  await fetchJson("/api/v1/session", { method: "DELETE" });
  window.location.assign("/sign-in");
}
