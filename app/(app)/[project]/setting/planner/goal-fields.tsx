import { NumberField } from "@/components/form/number-field";
import { RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { formatCount, formatPercent } from "@/lib/core/format";
import type { PlannedSegment } from "@/lib/planner/schema";

import { falseAlarmWords } from "@/app/(app)/[project]/setting/monitor/monitor-words";
import type { GoalDraft } from "./goal-draft";

interface GoalFieldsProps {
  draft: GoalDraft;
  onChange: (change: Partial<GoalDraft>) => void;
  attributes: readonly { attribute: string; values: number; watched: boolean }[];
  /** Fewest reviews a week for the goal; null: no number is enough. */
  needed: number | null;
  present: number;
  overall: PlannedSegment;
  errors: Readonly<Record<string, string>>;
}

export function GoalFields({
  draft,
  onChange,
  attributes,
  needed,
  present,
  overall,
  errors,
}: GoalFieldsProps) {
  const accepted = Number(draft.acceptedPerYear);
  return (
    <>
      <NumberField
        label="Find a drop of"
        unit="points"
        value={draft.drop}
        hint={`From the usual ${formatPercent(overall.usual)} to ${formatPercent(overall.after)}, over all outputs.`}
        error={errors.drop}
        onChange={(drop) => onChange({ drop })}
      />
      <NumberField
        label="Within"
        unit="weeks"
        value={draft.weeks}
        hint="In 4 of 5 cases; on average sooner."
        error={errors.weeks}
        onChange={(weeks) => onChange({ weeks })}
      />
      <NumberField
        label="Accepted false alarms"
        unit="a year"
        value={draft.acceptedPerYear}
        hint={
          accepted > 0
            ? `${capital(falseAlarmWords(accepted))}, over everything that is watched.`
            : "Over everything that is watched."
        }
        error={errors.accepted_per_year}
        onChange={(acceptedPerYear) => onChange({ acceptedPerYear })}
      />
      <Field
        label="In each value of"
        hint="A drop in one value only is found too: it then gets the reviews for that."
        error={errors.attribute}
      >
        <Select
          value={draft.attribute}
          options={attributeOptions(draft.attribute, attributes)}
          onChange={(event) => onChange({ attribute: event.target.value, leftOut: [] })}
        />
      </Field>
      <RadioGroup
        legend="Reviews a week"
        name="reviews"
        value={draft.limited ? "limited" : "needed"}
        options={[
          {
            value: "needed",
            label: needed === null ? "As many as it takes" : `As many as it takes: ${formatCount(needed)}`,
            disabled: needed === null && !draft.limited,
          },
          { value: "limited", label: "No more than" },
        ]}
        onChange={(value) =>
          onChange(
            value === "limited"
              ? { limited: true, reviews: draft.reviews || String(present) }
              : { limited: false },
          )
        }
      />
      {draft.limited ? (
        <NumberField
          label="Most reviews"
          unit="a week, second looks included"
          value={draft.reviews}
          hint={`The plan in force has ${formatCount(present)}.`}
          error={errors.reviews_per_week}
          onChange={(reviews) => onChange({ reviews })}
        />
      ) : null}
    </>
  );
}

function attributeOptions(current: string, attributes: GoalFieldsProps["attributes"]) {
  const missing = current !== "" && !attributes.some(({ attribute }) => attribute === current);
  return [
    { value: "", label: "nothing: all outputs together" },
    ...attributes.map(({ attribute, values, watched }) => ({
      value: attribute,
      label: `${attribute} (${values === 1 ? "1 value" : `${values} values`}${watched ? "" : ", not watched yet"})`,
    })),
    ...(missing ? [{ value: current, label: `${current} (not seen lately)` }] : []),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
