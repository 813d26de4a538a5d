import { NumberField } from "@/components/form/number-field";
import { Checkbox, RadioGroup } from "@/components/ui/choice";
import type { MonitorMeaning, MonitorSettings, WatchedAttribute } from "@/lib/monitor/schema";

import { type MonitorDraft, settingsOf } from "./monitor-draft";
import { boundaryWords, detectionWords, falseAlarmWords, reviewsPerFalseAlarm } from "./monitor-words";
import { WatchedFields } from "./watched-fields";

interface MonitorFieldsProps {
  draft: MonitorDraft;
  onChange: (change: Partial<MonitorDraft>) => void;
  known: readonly WatchedAttribute[];
  meaning: MonitorMeaning;
  /** The settings that `meaning` is of; null while they are not complete. */
  settings: MonitorSettings | null;
  /** Sentences by the API's field names. */
  errors: Readonly<Record<string, string>>;
}

export function MonitorFields({ draft, onChange, known, meaning, settings, errors }: MonitorFieldsProps) {
  return (
    <>
      <WatchedFields
        chosen={draft.attributes}
        known={known}
        measured={meaning.attributes}
        error={errors.attributes}
        onChange={(attributes) => onChange({ attributes })}
      />
      <BoundaryFields
        draft={draft}
        onChange={onChange}
        meaning={meaning}
        settings={settings}
        errors={errors}
      />
      <AcceptedField draft={draft} onChange={onChange} meaning={meaning} errors={errors} />
      <Checkbox
        label="Unsure counts as wrong"
        hint="What nobody could judge is otherwise left out, as if it were right as often as the rest."
        checked={draft.unsureCountsWrong}
        onChange={(event) => onChange({ unsureCountsWrong: event.target.checked })}
      />
    </>
  );
}

function BoundaryFields({ draft, onChange, meaning, settings, errors }: Omit<MonitorFieldsProps, "known">) {
  const { overall, pilot } = meaning;
  return (
    <div className="flex flex-col gap-2">
      <RadioGroup
        legend="Accuracy must not fall below"
        name="boundary"
        value={draft.from}
        options={[
          { value: "pilot", label: "What the pilot showed" },
          { value: "floor", label: "A promised accuracy" },
        ]}
        onChange={(from) => onChange({ from: from === "floor" ? "floor" : "pilot" })}
      />
      {draft.from === "floor" ? (
        <NumberField
          label="Promised accuracy"
          unit="%"
          value={draft.floor}
          error={errors.floor}
          hint="For all outputs and for every segment."
          onChange={(floor) => onChange({ floor })}
        />
      ) : (
        <NumberField
          label="Tolerated below the pilot"
          unit="points"
          value={draft.tolerance}
          error={errors.tolerance}
          hint="Accuracy moves a little from day to day without anything being wrong."
          onChange={(tolerance) => onChange({ tolerance })}
        />
      )}
      <p aria-live="polite" className="text-sm text-muted">
        {overall && settings
          ? boundaryWords(overall.boundary, pilot, settings)
          : draft.from === "pilot" && !overall
            ? "There is no boundary yet: the pilot has too few judged outputs."
            : null}
      </p>
    </div>
  );
}

function AcceptedField({
  draft,
  onChange,
  meaning,
  errors,
}: Pick<MonitorFieldsProps, "draft" | "onChange" | "meaning" | "errors">) {
  const accepted = settingsOf(draft).accepted_per_year;
  return (
    <div className="flex flex-col gap-1.5">
      <NumberField
        label="Accepted false alarms"
        unit="a year"
        value={draft.acceptedPerYear}
        error={errors.accepted_per_year}
        hint="The fewer you accept, the more reviews an alarm takes."
        onChange={(acceptedPerYear) => onChange({ acceptedPerYear })}
      />
      {accepted !== "" && accepted > 0 ? (
        <p aria-live="polite" className="text-sm text-muted">
          {capital(falseAlarmWords(accepted))} over everything that is watched (
          {reviewsPerFalseAlarm(accepted, meaning.reviews_per_year)})
          {meaning.overall ? `; over all outputs, ${detectionWords(meaning.overall)}` : ""}.
        </p>
      ) : null}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
