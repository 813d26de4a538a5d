"use client";

import { type FormEvent, useState, useSyncExternalStore } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PersonFields, personFrom } from "@/app/(auth)/person-fields";
import { signInWithPassword } from "@/app/(auth)/start-sign-in";

export function SetupForm() {
  const { busy, problem, fields, run } = useSubmit();
  const printed = useSyncExternalStore(never, printedCode, () => "");
  const [typed, setCode] = useState<string | null>(null);
  const code = typed ?? printed;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const person = personFrom(event.currentTarget);
    const done = await run(async () => {
      await fetchJson("/api/v1/setup", { method: "POST", body: { code, ...person } });
      await signInWithPassword(person.email, person.password);
    });
    if (done) window.location.assign("/");
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      {printed !== "" && typed === null && !fields.code && !problem ? null : (
        <Field
          label="Code from the console"
          hint="The server printed it when it started."
          error={fields.code}
          required
        >
          <Input
            name="code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            className="font-mono"
          />
        </Field>
      )}
      <PersonFields fields={fields} />
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Become administrator
      </Button>
    </form>
  );
}

const never = () => () => undefined;

/** The part behind # never leaves the browser, so the code is in no log. */
function printedCode(): string {
  return window.location.hash.slice(1);
}
