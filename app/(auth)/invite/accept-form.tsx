"use client";

import type { FormEvent } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button, TextLink } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { PersonFields, personFrom } from "@/app/(auth)/person-fields";
import { signInWithPassword } from "@/app/(auth)/start-sign-in";

/** A new person: name and password, then straight in. */
export function AcceptForm({ token, email }: { token: string; email: string | null }) {
  const { busy, problem, fields, run } = useSubmit();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const person = personFrom(event.currentTarget);
    const done = await run(async () => {
      await fetchJson("/api/v1/invites/accept", { method: "POST", body: { token, ...person } });
      await signInWithPassword(person.email, person.password);
    });
    if (done) window.location.assign("/");
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <PersonFields fields={fields} email={email} />
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Join
      </Button>
      <p className="text-sm text-muted">
        You have an account here already? <TextLink href="/sign-in">Sign in</TextLink> first, then open the
        link again.
      </p>
    </form>
  );
}
