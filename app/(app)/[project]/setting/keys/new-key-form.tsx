"use client";

import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { KeyScope } from "@/lib/project/permission";
import { SCOPES, VALIDITY } from "./scopes";

export interface KeySource {
  id: string;
  name: string;
  recordedHistory: boolean;
}

const NEW_SOURCE = "new";

export function NewKeyForm({
  slug,
  sources,
  onMade,
}: {
  slug: string;
  sources: readonly KeySource[];
  onMade: (made: { token: string; scopes: readonly KeyScope[]; madeAt: Date }) => void;
}) {
  const { busy, problem, fields, run } = useSubmit();
  const [scopes, setScopes] = useState<readonly KeyScope[]>(["outputs:write"]);
  const [source, setSource] = useState(sources[0]?.id ?? NEW_SOURCE);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = keyFrom(new FormData(event.currentTarget), scopes, source);
    await run(async () => {
      const { token } = await fetchJson<{ token: string }>(`/api/v1/projects/${slug}/keys`, {
        method: "POST",
        body,
      });
      onMade({ token, scopes, madeAt: new Date() });
    });
  }

  const toggle = (scope: KeyScope, on: boolean) =>
    setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope));

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <Field
        label="Name"
        hint="Where it will be used, for example Mail room, production."
        error={fields.name}
        required
      >
        <Input name="name" maxLength={80} autoComplete="off" />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium text-ink">What it may do</legend>
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope.value}
            label={scope.label}
            hint={scope.hint}
            checked={scopes.includes(scope.value)}
            onChange={(event) => toggle(scope.value, event.target.checked)}
          />
        ))}
        {fields.scopes ? (
          <p role="alert" className="text-xs text-alarm-ink">
            {fields.scopes}
          </p>
        ) : null}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Sends as" hint="Counts are kept for each source." error={fields.source_id}>
          <Select
            value={source}
            onChange={(event) => setSource(event.target.value)}
            options={[
              ...sources.map(({ id, name, recordedHistory }) => ({
                value: id,
                label: recordedHistory ? `${name} (recorded history)` : name,
              })),
              { value: NEW_SOURCE, label: "A new source …" },
            ]}
          />
        </Field>
        <Field label="Valid for" hint="You can revoke it at any time." error={fields.expires_in_days}>
          <Select name="expires" defaultValue="365" options={VALIDITY} />
        </Field>
      </div>
      {source === NEW_SOURCE ? <NewSourceFields error={fields["new_source.name"]} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={busy} disabled={scopes.length === 0}>
          Make key
        </Button>
      </div>
    </form>
  );
}

function NewSourceFields({ error }: { error: string | undefined }) {
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-sunken/60 p-3">
      <Field label="Name of the source" error={error} required>
        <Input name="source_name" maxLength={80} autoComplete="off" />
      </Field>
      <Checkbox
        name="recorded_history"
        label="It sends recorded history"
        hint="Outputs of the past count on the day on which they happened, not on the day on which they arrive."
      />
    </div>
  );
}

function keyFrom(form: FormData, scopes: readonly KeyScope[], source: string) {
  const expires = Number(form.get("expires"));
  return {
    name: form.get("name"),
    scopes,
    ...(expires > 0 ? { expires_in_days: expires } : {}),
    ...(source === NEW_SOURCE
      ? {
          new_source: {
            name: form.get("source_name"),
            recorded_history: form.get("recorded_history") === "on",
          },
        }
      : { source_id: source }),
  };
}
