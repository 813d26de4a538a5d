"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

interface NameAndZoneProps {
  slug: string;
  name: string;
  timeZone: string;
  timeZones: readonly string[];
  zoneFixed: boolean;
}

export function NameAndZone({ slug, name, timeZone, timeZones, zoneFixed }: NameAndZoneProps) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, fields, run } = useSubmit();
  const [values, setValues] = useState({ name, time_zone: timeZone });
  const changed = values.name !== name || values.time_zone !== timeZone;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = { name: values.name, ...(zoneFixed ? {} : { time_zone: values.time_zone }) };
    const done = await run(() => fetchJson(`/api/v1/projects/${slug}`, { method: "PATCH", body }));
    if (!done) return;
    show({ title: "Saved" });
    router.refresh();
  }

  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-4">
      <FormProblem problem={problem} />
      <Field label="Name" hint="The address of the project stays as it is." error={fields.name} required>
        <Input
          value={values.name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setValues({ ...values, name: event.target.value })}
        />
      </Field>
      <Field
        label="Time zone"
        hint={
          zoneFixed
            ? "Fixed since the first output came in: its days were counted in this zone."
            : "Days and weeks on the charts are days and weeks of this zone. It cannot change once outputs are in."
        }
        error={fields.time_zone}
      >
        <Select
          value={values.time_zone}
          disabled={zoneFixed}
          options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          onChange={(event) => setValues({ ...values, time_zone: event.target.value })}
        />
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" busy={busy} disabled={!changed}>
          Save
        </Button>
        {changed ? (
          <Button variant="ghost" onClick={() => setValues({ name, time_zone: timeZone })}>
            Put back
          </Button>
        ) : null}
      </div>
    </form>
  );
}
