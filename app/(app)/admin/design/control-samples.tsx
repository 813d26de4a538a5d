"use client";

import { Plus } from "lucide-react";
import { useState } from "react";

import { Button, LinkButton, TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox, Radio, Switch } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Segmented } from "@/components/ui/segmented";

const VARIANTS = ["primary", "secondary", "ghost", "danger"] as const;
const SIZES = ["sm", "md", "lg"] as const;
const FRUIT = [
  { value: "invoice", label: "Invoice" },
  { value: "order", label: "Order" },
];

/** What can be pressed and filled in: at rest, busy, disabled, wrong. */
export function ControlSamples() {
  const [shown, setShown] = useState("chart");
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Buttons" description="One primary button a place">
        <div className="flex flex-col gap-3">
          {VARIANTS.map((variant) => (
            <div key={variant} className="flex flex-wrap items-center gap-2">
              <Button variant={variant}>{variant}</Button>
              <Button variant={variant} busy>
                Saving
              </Button>
              <Button variant={variant} disabled>
                Disabled
              </Button>
            </div>
          ))}
          <div className="flex flex-wrap items-center gap-2">
            {SIZES.map((size) => (
              <Button key={size} size={size}>
                <Plus aria-hidden="true" />
                {size}
              </Button>
            ))}
            <Button size="icon" variant="ghost" aria-label="Add">
              <Plus aria-hidden="true" />
            </Button>
            <CopyButton text="made up" />
          </div>
          <p className="text-sm text-muted">
            <LinkButton href="#content">A link as a button</LinkButton> or{" "}
            <TextLink href="#content">a link in a sentence</TextLink>, and a key: <Kbd>G</Kbd> <Kbd>A</Kbd>
          </p>
          <div>
            <Segmented
              label="Show as"
              value={shown}
              onChange={setShown}
              options={[
                { value: "chart", label: "Chart" },
                { value: "table", label: "Table" },
                { value: "none", label: "Disabled", disabled: true },
              ]}
            />
          </div>
        </div>
      </Card>
      <Card title="Fields" description="The label above, what is wrong below in words">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" hint="As people call it.">
            <Input defaultValue="Mail room" />
          </Field>
          <Field label="Reviews a week" error="A whole number from 1 on." required>
            <Input defaultValue="none" />
          </Field>
          <Field label="Kind">
            <Select options={FRUIT} defaultValue="order" />
          </Field>
          <Field label="Cannot be changed">
            <Input defaultValue="UTC" disabled />
          </Field>
          <Field label="Note" className="sm:col-span-2">
            <Textarea rows={2} placeholder="What happened" />
          </Field>
          <div className="flex flex-col gap-2">
            <Checkbox label="Checked" defaultChecked />
            <Checkbox label="With a hint" hint="What it means." />
            <Checkbox label="Disabled" disabled />
          </div>
          <div className="flex flex-col gap-2">
            <Radio name="sample" label="One" defaultChecked />
            <Radio name="sample" label="Another" />
            <Switch label="On at once" defaultChecked />
            <Switch label="Off" />
          </div>
        </div>
      </Card>
    </div>
  );
}
