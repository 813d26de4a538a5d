"use client";

import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { Picture } from "@/lib/share/schema";

export interface ShareSegment {
  attribute: string;
  value: string;
}

export interface MadeLink {
  path: string;
  name: string;
  picture: Picture;
}

const KINDS = [
  { value: "badge", label: "Badge: the number with its range" },
  { value: "chart", label: "Chart: twelve weeks" },
];
const VALIDITY = [
  { value: "", label: "No end" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "One year" },
];
const ALL = "all";

export function NewLinkForm({
  slug,
  segments,
  onMade,
}: {
  slug: string;
  segments: readonly ShareSegment[];
  onMade: (made: MadeLink) => void;
}) {
  const { busy, problem, fields, run } = useSubmit();
  const [picture, setPicture] = useState<Picture>("badge");

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get("name"));
    const days = Number(form.get("expires"));
    const segment = segments[Number(form.get("segment"))];
    const body = {
      name,
      picture,
      ...segment,
      ...(days > 0 ? { expires_in_days: days } : {}),
    };
    await run(async () => {
      const { path } = await fetchJson<{ path: string }>(`/api/v1/projects/${slug}/share-links`, {
        method: "POST",
        body,
      });
      onMade({ path, name, picture });
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem problem={problem} />
      <Field label="Name" hint="Where it will be shown, for example Team wiki." error={fields.name} required>
        <Input name="name" maxLength={80} autoComplete="off" />
      </Field>
      <Field label="Picture" error={fields.picture}>
        <Select
          value={picture}
          onChange={(event) => setPicture(event.target.value === "chart" ? "chart" : "badge")}
          options={KINDS}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Of" hint="A segment's name is on the picture." error={fields.value}>
          <Select
            name="segment"
            defaultValue={ALL}
            options={[
              { value: ALL, label: "All outputs" },
              ...segments.map(({ attribute, value }, at) => ({
                value: String(at),
                label: `${attribute} = ${value}`,
              })),
            ]}
          />
        </Field>
        <Field label="Valid for" hint="You can revoke it at any time." error={fields.expires_in_days}>
          <Select name="expires" defaultValue="" options={VALIDITY} />
        </Field>
      </div>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={busy}>
          Make link
        </Button>
      </div>
    </form>
  );
}
