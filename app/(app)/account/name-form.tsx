"use client";

import { useRouter } from "next/navigation";
import type { FormEvent } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

export function NameForm({ name }: { name: string }) {
  const { busy, problem, fields, run } = useSubmit();
  const { show } = useToast();
  const router = useRouter();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const next = new FormData(event.currentTarget).get("name");
    const done = await run(() => fetchJson("/api/v1/session", { method: "PATCH", body: { name: next } }));
    if (!done) return;
    show({ title: "Name saved" });
    router.refresh();
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <Field label="Your name" error={fields.name} required>
        <Input name="name" defaultValue={name} autoComplete="name" maxLength={80} />
      </Field>
      <div>
        <Button type="submit" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}
