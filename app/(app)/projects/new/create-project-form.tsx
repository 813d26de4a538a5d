"use client";

import { type FormEvent, useState, useSyncExternalStore } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

export function CreateProjectForm({ timeZones }: { timeZones: readonly string[] }) {
  const { busy, problem, fields, run } = useSubmit();
  const own = useSyncExternalStore(never, browserZone, () => "UTC");
  const [chosenZone, setTimeZone] = useState<string | null>(null);
  const timeZone = chosenZone ?? (timeZones.includes(own) ? own : "UTC");
  const [repeatable, setRepeatable] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    let slug = "";
    const done = await run(async () => {
      const body = {
        name: form.get("name"),
        time_zone: timeZone,
        reviews_per_week: Number(form.get("reviews_per_week")),
        expected_per_day: Number(form.get("expected_per_day")),
        ...(repeatable ? { sampling_seed: form.get("sampling_seed") } : {}),
      };
      slug = (await fetchJson<{ slug: string }>("/api/v1/projects", { method: "POST", body })).slug;
    });
    if (done) window.location.assign(`/${slug}/start`);
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <FormProblem problem={problem} />
      <Field label="Name" hint="What people call the system." error={fields.name} required>
        <Input name="name" maxLength={80} autoComplete="off" />
      </Field>
      <Field
        label="Time zone"
        hint="Of the days on the charts. Fixed once outputs are in."
        error={fields.time_zone}
      >
        <Select
          value={timeZone}
          onChange={(event) => setTimeZone(event.target.value)}
          options={["UTC", ...timeZones.filter((zone) => zone !== "UTC")].map((zone) => ({
            value: zone,
            label: zone.replaceAll("_", " "),
          }))}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Outputs a day" hint="A rough guess." error={fields.expected_per_day}>
          <Input name="expected_per_day" type="number" min={1} max={100000000} defaultValue={1000} />
        </Field>
        <Field label="Reviews a week" hint="As many as your team can judge." error={fields.reviews_per_week}>
          <Input name="reviews_per_week" type="number" min={1} max={1000000} defaultValue={100} />
        </Field>
      </div>
      <details className="text-sm text-muted" open={repeatable}>
        <summary className="cursor-pointer rounded-sm">For recorded outputs</summary>
        <div className="mt-2 flex flex-col gap-3">
          <Checkbox
            label="Draw a repeatable sample"
            hint="The same seed picks the same outputs again. Not for live traffic, where nobody should be able to tell which are picked."
            checked={repeatable}
            onChange={(event) => setRepeatable(event.target.checked)}
          />
          {repeatable ? (
            <Field label="Seed" error={fields.sampling_seed} required>
              <Input name="sampling_seed" maxLength={100} defaultValue="1" />
            </Field>
          ) : null}
        </div>
      </details>
      <div>
        <Button type="submit" variant="primary" size="lg" busy={busy}>
          Create project
        </Button>
      </div>
    </form>
  );
}

const never = () => () => undefined;
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
