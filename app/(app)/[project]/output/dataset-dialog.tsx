"use client";

import { Download } from "lucide-react";
import { useState } from "react";

import { Button, buttonStyle } from "@/components/ui/button";
import { Checkbox, RadioGroup } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { BESIDES, type Beside, WITH_HELD } from "@/lib/estimate/dataset-choice";

const BESIDE_TEXT: Readonly<Record<Beside, string>> = {
  unsure: "Samples that nobody could judge",
  surplus: "Samples judged beyond the counted part",
  gold: "Known items",
  repeat: "Own old items",
  diagnostic: "Hand-picked outputs",
};

/** Asks for days and format, then lets the browser download what was judged. */
export function DatasetDialog({ slug, from, to }: { slug: string; from?: string; to?: string }) {
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState("jsonl");
  const [days, setDays] = useState({ from: from ?? "", to: to ?? "" });
  const [include, setInclude] = useState<ReadonlySet<Beside>>(new Set());
  const [withHeld, setWithHeld] = useState(false);
  const wrongOrder = days.from !== "" && days.to !== "" && days.from > days.to;

  function toggle(beside: Beside, on: boolean) {
    const next = new Set(include);
    if (on) next.add(beside);
    else next.delete(beside);
    setInclude(next);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Download judged outputs"
      description="Each with its input, label, correction and weight, so that your model can learn from them. The download is noted in the audit log."
      trigger={
        <Button>
          <Download aria-hidden="true" />
          Dataset
        </Button>
      }
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          {wrongOrder ? (
            <Button variant="primary" disabled>
              Download
            </Button>
          ) : (
            <a
              className={buttonStyle({ variant: "primary" })}
              href={datasetAddress(slug, {
                format,
                ...days,
                include: [...include, ...(withHeld ? [WITH_HELD] : [])],
              })}
              download
              onClick={() => setOpen(false)}
            >
              Download
            </a>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          <Field label="From (optional)">
            <Input
              type="date"
              value={days.from}
              onChange={(event) => setDays({ ...days, from: event.target.value })}
            />
          </Field>
          <Field
            label="To (optional)"
            error={wrongOrder ? "The last day lies before the first one." : undefined}
          >
            <Input
              type="date"
              value={days.to}
              onChange={(event) => setDays({ ...days, to: event.target.value })}
            />
          </Field>
        </div>
        <RadioGroup
          legend="Format"
          name="dataset-format"
          value={format}
          onChange={setFormat}
          options={[
            { value: "jsonl", label: "JSON lines", hint: "One object a line, for programs" },
            { value: "csv", label: "CSV", hint: "For spreadsheets" },
          ]}
        />
        <Checkbox
          label="What is in quarantine"
          hint="With its weight: the weighted mean is then the accuracy of all traffic."
          checked={withHeld}
          onChange={(event) => setWithHeld(event.target.checked)}
        />
        <FieldGroup legend="Also, without weight" hint="None of these is part of the accuracy.">
          {BESIDES.map((beside) => (
            <Checkbox
              key={beside}
              label={BESIDE_TEXT[beside]}
              checked={include.has(beside)}
              onChange={(event) => toggle(beside, event.target.checked)}
            />
          ))}
        </FieldGroup>
      </div>
    </Dialog>
  );
}

function datasetAddress(
  slug: string,
  { include, ...asked }: { format: string; from: string; to: string; include: readonly string[] },
): string {
  const given = Object.entries({ ...asked, include: include.join(",") }).filter(([, value]) => value !== "");
  return `/api/v1/projects/${slug}/dataset?${new URLSearchParams(given).toString()}`;
}
