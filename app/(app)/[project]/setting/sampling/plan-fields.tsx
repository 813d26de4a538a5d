import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { formatCount } from "@/lib/core/format";
import type { PlanSettings } from "@/lib/sampling/schema";
import type { PlanDraft } from "./plan-draft";

interface PlanFieldsProps {
  draft: PlanDraft;
  onChange: (change: Partial<PlanDraft>) => void;
  attributes: readonly { attribute: string; values: number }[];
  hasTraffic: boolean;
  /** What the planner gave to values of an attribute. */
  needs: PlanSettings["needs"];
  plannedAttribute: string | null;
  /** Sentences by the API's field names. */
  errors: Readonly<Record<string, string>>;
}

const MOST_VALUES = 60;

export function PlanFields({
  draft,
  onChange,
  attributes,
  hasTraffic,
  needs,
  plannedAttribute,
  errors,
}: PlanFieldsProps) {
  const needed = needs.reduce((sum, each) => sum + each.reviews_per_week, 0);
  const chosen = attributes.find(({ attribute }) => attribute === draft.attribute);
  const number = (key: Exclude<keyof PlanDraft, "keepsNeeds">, unit: string, step = "1") => (
    <span className="flex items-center gap-2">
      <Input
        type="number"
        inputMode="decimal"
        step={step}
        className="w-28"
        value={draft[key]}
        onChange={(event) => onChange({ [key]: event.target.value })}
      />
      <span className="text-sm text-muted">{unit}</span>
    </span>
  );
  return (
    <>
      <Field
        label="Reviews"
        hint="What your reviewers can do. Second looks are part of it."
        error={errors.reviews_per_week}
      >
        {number("reviewsPerWeek", "a week")}
      </Field>
      <Field
        label="Divide by"
        hint={
          chosen && chosen.values > MOST_VALUES
            ? `It has ${chosen.values} values. The first ${MOST_VALUES} get reviews of their own; the others share.`
            : "Each value of this attribute gets reviews of its own, so that small ones are not overlooked."
        }
        error={errors.attribute}
      >
        <Select
          value={draft.attribute}
          onChange={(event) => onChange({ attribute: event.target.value })}
          options={attributeOptions(draft.attribute, attributes)}
        />
      </Field>
      {needs.length > 0 && draft.attribute === plannedAttribute ? (
        <Checkbox
          label={`Planned reviews first: ${formatCount(needed)} a week for ${needs.length === 1 ? "one value" : `${needs.length} values`}`}
          hint="As the planner found that a drop would be noticed in time. What is left is divided as below."
          checked={draft.keepsNeeds}
          onChange={(event) => onChange({ keepsNeeds: event.target.checked })}
        />
      ) : null}
      {draft.attribute === "" ? null : (
        <Field
          label="At least"
          hint="For every value, if it has so many outputs. Together these take half of the reviews at most."
          error={errors.floor_per_epoch}
        >
          {number("floor", "reviews a day")}
        </Field>
      )}
      <Field
        label="Flagged outputs"
        hint="Drawn so many times as often as their share, because they fail more often. The estimates allow for it."
        error={errors.flagged_factor}
      >
        {number("flaggedFactor", "times as often", "any")}
      </Field>
      <Field
        label="Second look"
        hint="So many of the drawn outputs are judged by two people. It shows how well your reviewers agree."
        error={errors.double_review_share}
      >
        {number("doubleShare", "%", "any")}
      </Field>
      <Field
        label="Too old to judge"
        hint="What nobody has judged by then leaves the queue; the estimate allows for it."
        error={errors.maturity_days}
      >
        {number("maturityDays", "days after it arrived")}
      </Field>
      {hasTraffic ? null : (
        <Field
          label="Expected outputs"
          hint="Only until the first day's outputs have been counted."
          error={errors.expected_per_day}
        >
          {number("expectedPerDay", "a day")}
        </Field>
      )}
    </>
  );
}

function attributeOptions(current: string, attributes: PlanFieldsProps["attributes"]) {
  const known = attributes.map(({ attribute, values }) => ({
    value: attribute,
    label: `${attribute} (${values === 1 ? "1 value" : `${values} values`})`,
  }));
  const missing = current !== "" && !attributes.some(({ attribute }) => attribute === current);
  return [
    { value: "", label: "nothing: all outputs alike" },
    ...known,
    ...(missing ? [{ value: current, label: `${current} (not seen yet)` }] : []),
  ];
}
