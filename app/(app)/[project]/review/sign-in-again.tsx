"use client";

import { type FormEvent, useRef, useState } from "react";
import { signInWithPassword } from "@/app/(auth)/start-sign-in";
import { FormProblem } from "@/components/form/form-problem";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export interface SignInAgainProps {
  open: boolean;
  /** Whose reviews are on this page. */
  owner: string;
  /** Name of the identity provider, where there is one. */
  provider: string | null;
  waiting: number;
  onSignedIn: () => void;
}

/** Signs in on the page itself, so that what is entered stays. Only the same person goes on. */
export function SignInAgain({ open, owner, provider, waiting, onSignedIn }: SignInAgainProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [closed, setClosed] = useState(false);
  const email = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const sentence = await signIn(String(form.get("email")), String(form.get("password")), owner).catch(
      problemSentence,
    );
    setBusy(false);
    if (sentence === null) onSignedIn();
    else setProblem(sentence);
  }

  return (
    <>
      <Dialog
        title="You were signed out"
        description={
          waiting > 0
            ? "What you entered is kept on this device. Sign in again and it is sent."
            : "What you entered is still here. Sign in again to go on."
        }
        open={open && !closed}
        onOpenChange={(next) => setClosed(!next)}
        size="sm"
        stays
        firstFocus={email}
      >
        <form onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <FormProblem problem={problem} />
          <Field label="E-mail" required>
            <Input ref={email} name="email" type="email" autoComplete="username" maxLength={254} />
          </Field>
          <Field label="Password" required>
            <Input name="password" type="password" autoComplete="current-password" maxLength={128} />
          </Field>
          <Button type="submit" variant="primary" size="lg" busy={busy}>
            Sign in
          </Button>
          {provider ? (
            <Button size="lg" onClick={() => window.open("/sign-in", "_blank")}>
              With {provider}, in a new tab
            </Button>
          ) : null}
        </form>
      </Dialog>
      {open && closed ? (
        <Banner
          tone="warn"
          title="You are signed out"
          className="fixed inset-x-4 bottom-20 z-40 mx-auto max-w-md shadow-float"
          actions={
            <Button size="sm" onClick={() => setClosed(false)}>
              Sign in again
            </Button>
          }
        >
          {waiting > 0 ? "What you entered is kept on this device, and sent once you are signed in." : null}
        </Banner>
      ) : null}
    </>
  );
}

/** Null when the person of this page is signed in, else the sentence to show. */
async function signIn(email: string, password: string, owner: string): Promise<string | null> {
  const sentence = await signInWithPassword(email, password);
  if (sentence !== null) return sentence;
  const { user_id, name } = await fetchJson<{ user_id: string; name: string }>("/api/v1/session");
  if (user_id === owner) return null;
  return `This is ${name}'s account. What was entered here belongs to the person who was signed in before, and only they can send it.`;
}
