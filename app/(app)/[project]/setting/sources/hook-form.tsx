"use client";

import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";

export interface MadeHook {
  id: string;
  path: string;
  secret: string;
}

const SIGNATURES = [
  { value: "STANDARD", label: "Standard Webhooks (webhook-signature)" },
  { value: "GITHUB", label: "Like GitHub (X-Hub-Signature-256)" },
];

const TIMES = [
  { value: "rfc3339", label: "Text like 2026-11-22T09:15:05Z" },
  { value: "seconds", label: "Seconds since 1970" },
  { value: "milliseconds", label: "Milliseconds since 1970" },
];

/** Paths of our fields in the sender's body. */
const PATHS = [
  { name: "id", label: "Id of the output", example: "/data/id", required: true },
  { name: "occurred_at", label: "Time", example: "/timestamp", required: true },
  { name: "input", label: "Input", example: "/data/request", required: true },
  { name: "output", label: "Output", example: "/data/result", required: true },
  { name: "confidence", label: "Confidence", example: "/data/score", required: false },
  { name: "model_version", label: "Version of the model", example: "/data/model", required: false },
] as const;

export function HookForm({ slug, onMade }: { slug: string; onMade: (made: MadeHook) => void }) {
  const { busy, problem, fields, run } = useSubmit();
  const [isMapped, setIsMapped] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = {
      name: form.get("name"),
      signature: form.get("signature"),
      mapping: isMapped ? mappingFrom(form) : null,
    };
    await run(async () => {
      onMade(await fetchJson<MadeHook>(`/api/v1/projects/${slug}/sources`, { method: "POST", body }));
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Name"
          hint="The sending system, for example Ticket system."
          error={fields.name}
          required
        >
          <Input name="name" maxLength={80} autoComplete="off" />
        </Field>
        <Field label="How it signs" hint="Its documentation names one of these." error={fields.signature}>
          <Select name="signature" defaultValue="STANDARD" options={SIGNATURES} />
        </Field>
      </div>
      <Checkbox
        label="It sends bodies of its own shape"
        hint="Then say where in them the fields are. Without this, the body must look like that of POST /api/v1/outputs."
        checked={isMapped}
        onChange={(event) => setIsMapped(event.target.checked)}
      />
      {isMapped ? <MappingFields errors={fields} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={busy}>
          Make hook
        </Button>
      </div>
    </form>
  );
}

function MappingFields({ errors }: { errors: Readonly<Record<string, string>> }) {
  return (
    <div className="flex flex-col gap-4 rounded-lg border border-line bg-sunken/60 p-3">
      <p className="text-xs text-subtle">
        Write a path as its member names behind slashes; an empty path for input or output means the whole
        body. Only what a path leads to is kept.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        {PATHS.map(({ name, label, example, required }) => (
          <Field
            key={name}
            label={required ? label : `${label} (if it is there)`}
            hint={`For example ${example}`}
            error={errors[`mapping.${name}`]}
          >
            <Input name={name} maxLength={300} autoComplete="off" spellCheck={false} className="font-mono" />
          </Field>
        ))}
        <Field label="How it writes the time" error={errors["mapping.time_form"]}>
          <Select name="time_form" defaultValue="rfc3339" options={TIMES} />
        </Field>
      </div>
      <Field
        label="Segments (if there are any)"
        hint="One on each line: a name, = and the path. For example region=/data/region"
        error={Object.entries(errors).find(([name]) => name.startsWith("mapping.segments"))?.[1]}
      >
        <Textarea name="segments" rows={3} spellCheck={false} className="font-mono" />
      </Field>
    </div>
  );
}

function mappingFrom(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const segments = text("segments")
    .split("\n")
    .map((line) => line.split("="))
    .flatMap(([name = "", ...path]) => (name.trim() === "" ? [] : [[name.trim(), path.join("=").trim()]]));
  return {
    time_form: text("time_form"),
    ...Object.fromEntries(
      PATHS.flatMap(({ name, required }) => (required || text(name) !== "" ? [[name, text(name)]] : [])),
    ),
    segments: Object.fromEntries(segments),
  };
}
