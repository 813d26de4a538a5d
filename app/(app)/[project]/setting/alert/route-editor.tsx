"use client";

import { Plus, X } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { AlertRoute } from "@/lib/alert/schema";
import { NEW_ROUTE } from "./channel-draft";

const SEVERITIES = [
  { value: "any", label: "All incidents" },
  { value: "critical", label: "Critical ones" },
  { value: "warning", label: "Warnings" },
];
const TIMINGS = [
  { value: "at_once", label: "At once" },
  { value: "digest", label: "With the daily digest" },
];
const MOST_ROUTES = 20;

/** Rules in their order: the first that fits an incident decides when this channel is told. */
export function RouteEditor({
  routes,
  onChange,
}: {
  routes: readonly AlertRoute[];
  onChange: (routes: AlertRoute[]) => void;
}) {
  const put = (at: number, change: Partial<AlertRoute>) =>
    onChange(routes.map((route, index) => (index === at ? { ...route, ...change } : route)));
  return (
    <FieldGroup
      legend="What it is told"
      hint="The first rule that fits an incident decides. Critical: accuracy of all outputs, ten points or more below the boundary, or something wrong with the inputs themselves."
    >
      <ul className="flex flex-col gap-2">
        {routes.map((route, at) => (
          <li
            key={at}
            className="grid grid-cols-2 items-end gap-2 rounded-lg border border-line bg-sunken/60 p-2.5 sm:grid-cols-[8.5rem_minmax(0,1fr)_minmax(0,1fr)_10rem_2rem]"
          >
            <Field label="Which incidents">
              <Select
                value={route.severity}
                options={SEVERITIES}
                onChange={(event) => put(at, { severity: event.target.value as AlertRoute["severity"] })}
              />
            </Field>
            <Field label="Only of attribute">
              <Input
                value={route.attribute}
                placeholder="any"
                maxLength={200}
                autoComplete="off"
                onChange={(event) => put(at, { attribute: event.target.value })}
              />
            </Field>
            <Field label="with value">
              <Input
                value={route.value}
                disabled={route.attribute === ""}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => put(at, { value: event.target.value })}
              />
            </Field>
            <Field label="When">
              <Select
                value={route.timing}
                options={TIMINGS}
                onChange={(event) => put(at, { timing: event.target.value as AlertRoute["timing"] })}
              />
            </Field>
            <Button
              variant="ghost"
              size="icon"
              className="col-span-2 justify-self-end sm:col-span-1"
              aria-label={`Remove rule ${at + 1}`}
              disabled={routes.length === 1}
              onClick={() => onChange(routes.filter((_, index) => index !== at))}
            >
              <X aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      <Button
        size="sm"
        className="self-start"
        disabled={routes.length >= MOST_ROUTES}
        onClick={() => onChange([...routes, NEW_ROUTE])}
      >
        <Plus aria-hidden="true" />
        Add a rule
      </Button>
    </FieldGroup>
  );
}
