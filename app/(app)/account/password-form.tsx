"use client";

import type { FormEvent } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

export function PasswordForm({ email }: { email: string }) {
  const { busy, problem, fields, run } = useSubmit();
  const { show } = useToast();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const body = { current: data.get("current"), next: data.get("next") };
    const done = await run(() => fetchJson("/api/v1/session/password", { method: "POST", body }));
    if (!done) return;
    form.reset();
    show({ title: "Password changed", description: "Every other device is signed out." });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      {/* Password managers need to know whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label="Current password" error={fields.current} required>
        <Input name="current" type="password" autoComplete="current-password" maxLength={128} />
      </Field>
      <Field
        label="New password"
        hint="At least 12 characters. A few words in a row are easy to remember."
        error={fields.next}
        required
      >
        <Input name="next" type="password" autoComplete="new-password" minLength={12} maxLength={128} />
      </Field>
      <div>
        <Button type="submit" busy={busy}>
          Change password
        </Button>
      </div>
    </form>
  );
}
