"use client";

import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { Button } from "@/components/ui/button";
import { problemSentence } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { goToProvider, signInSentence, signInWithPassword } from "@/app/(auth)/start-sign-in";

export function SignInForm({
  to,
  provider,
  failed,
}: {
  to: string;
  provider: string | null;
  failed: string | null;
}) {
  const [busy, setBusy] = useState<"password" | "provider" | null>(null);
  const [problem, setProblem] = useState(failed ? signInSentence(failed) : null);

  async function attempt(kind: "password" | "provider", work: () => Promise<string | null>) {
    setBusy(kind);
    setProblem(null);
    const sentence = await work().catch(problemSentence);
    // On success the page is about to be left: the button stays busy.
    if (sentence === null) return;
    setProblem(sentence);
    setBusy(null);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void attempt("password", async () => {
      const sentence = await signInWithPassword(String(form.get("email")), String(form.get("password")));
      if (sentence === null) window.location.assign(to);
      return sentence;
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <Field label="E-mail" required>
        <Input name="email" type="email" autoComplete="username" maxLength={254} />
      </Field>
      <Field label="Password" required>
        <Input name="password" type="password" autoComplete="current-password" maxLength={128} />
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy === "password"} disabled={busy !== null}>
        Sign in
      </Button>
      {provider ? (
        <Button
          size="lg"
          busy={busy === "provider"}
          disabled={busy !== null}
          onClick={() =>
            void attempt("provider", async () => {
              await goToProvider(to);
              return null;
            })
          }
        >
          Continue with {provider}
        </Button>
      ) : null}
      <p className="text-sm text-muted">
        Forgotten the password? An administrator can give you a link with which you choose a new one.
      </p>
    </form>
  );
}
