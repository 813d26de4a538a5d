"use client";

import type { FormEvent } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { PasswordField } from "@/app/(auth)/person-fields";
import { signInWithPassword } from "@/app/(auth)/start-sign-in";

/** A new password for an account that exists, then straight in. */
export function ResetForm({ token }: { token: string }) {
  const { busy, problem, fields, run } = useSubmit();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    const done = await run(async () => {
      const { email } = await fetchJson<{ email: string }>("/api/v1/invites/reset", {
        method: "POST",
        body: { token, password },
      });
      await signInWithPassword(email, password);
    });
    if (done) window.location.assign("/");
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <PasswordField error={fields.password} label="New password" />
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Set password
      </Button>
    </form>
  );
}
