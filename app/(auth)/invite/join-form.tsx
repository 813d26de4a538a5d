"use client";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";

/** Somebody who is signed in already uses the link for their own account. */
export function JoinForm({ token, name }: { token: string; name: string }) {
  const { busy, problem, run } = useSubmit();

  async function join() {
    const joined: { project: string | null } = { project: null };
    const done = await run(async () => {
      const answer = await fetchJson<{ project: string | null }>("/api/v1/invites/join", {
        method: "POST",
        body: { token },
      });
      joined.project = answer.project;
    });
    if (done) window.location.assign(joined.project ? `/${joined.project}` : "/");
  }

  return (
    <div className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <Button variant="primary" size="lg" busy={busy} onClick={join}>
        Join as {name}
      </Button>
    </div>
  );
}
