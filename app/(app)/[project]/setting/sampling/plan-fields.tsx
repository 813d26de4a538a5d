import { NumberField } from "@/components/form/number-field";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
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
  return (
    <>
      <NumberField
        label="Reviews"
        unit="a week"
        value={draft.reviewsPerWeek}
        step="1"
        hint="What your reviewers can do. Second looks are part of it."
        error={errors.reviews_per_week}
        onChange={(reviewsPerWeek) => onChange({ reviewsPerWeek })}
      />
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
        <NumberField
          label="At least"
          unit="reviews a day"
          value={draft.floor}
          step="1"
          hint="For every value, if it has so many outputs. Together these take half of the reviews at most."
          error={errors.floor_per_epoch}
          onChange={(floor) => onChange({ floor })}
        />
      )}
      <NumberField
        label="Flagged outputs"
        unit="times as often"
        value={draft.flaggedFactor}
        hint="Drawn so many times as often as their share, because they fail more often; so are outputs where a field has moved away from the pilot. The estimates allow for it."
        error={errors.flagged_factor}
        onChange={(flaggedFactor) => onChange({ flaggedFactor })}
      />
      <NumberField
        label="Second look"
        unit="%"
        value={draft.doubleShare}
        hint="So many of the drawn outputs are judged by two people. It shows how well your reviewers agree."
        error={errors.double_review_share}
        onChange={(doubleShare) => onChange({ doubleShare })}
      />
      <NumberField
        label="Too old to judge"
        unit="days after it arrived"
        value={draft.maturityDays}
        step="1"
        hint="What nobody has judged by then leaves the queue; the estimate allows for it."
        error={errors.maturity_days}
        onChange={(maturityDays) => onChange({ maturityDays })}
      />
      {hasTraffic ? null : (
        <NumberField
          label="Expected outputs"
          unit="a day"
          value={draft.expectedPerDay}
          step="1"
          hint="Only until the first day's outputs have been counted."
          error={errors.expected_per_day}
          onChange={(expectedPerDay) => onChange({ expectedPerDay })}
        />
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
