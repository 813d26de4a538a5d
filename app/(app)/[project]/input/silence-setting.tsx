"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";

import { useSubmit } from "@/components/form/use-submit";
import { fetchJson } from "@/components/ui/fetch-json";
import { Select } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

const CHOICES = [
  { hours: 1, label: "an hour" },
  { hours: 6, label: "6 hours" },
  { hours: 24, label: "a day" },
  { hours: 72, label: "3 days" },
  { hours: 168, label: "a week" },
];

/** After how long without a record this project is told. */
export function SilenceSettingForm({ slug, hours }: { slug: string; hours: number | null }) {
  const id = useId();
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, run } = useSubmit();
  const options = [
    { value: "", label: "never" },
    ...CHOICES.map((choice) => ({ value: String(choice.hours), label: choice.label })),
    ...(hours !== null && !CHOICES.some((choice) => choice.hours === hours)
      ? [{ value: String(hours), label: `${hours} hours` }]
      : []),
  ];
  async function change(value: string) {
    await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/silence`, {
        method: "PATCH",
        body: { hours: value === "" ? null : Number(value) },
        parse: async (answer) =>
          (await import("@/lib/drift/silence-schema")).silenceSettingSchema.parse(answer),
      });
      show({ title: "Changed.", kind: "done" });
      router.refresh();
    });
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <label htmlFor={id}>Say so when nothing has come for</label>
      <span className="w-36">
        <Select
          id={id}
          disabled={busy}
          options={options}
          value={hours === null ? "" : String(hours)}
          onChange={(event) => void change(event.target.value)}
        />
      </span>
      {problem ? (
        <p role="alert" className="text-alarm-ink">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
