import { X } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field, FieldGroup } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { formatCount, formatPercent } from "@/lib/core/format";
import { MOST_WATCHED, type WatchedAttribute, watchedKey, watchedNames } from "@/lib/monitor/schema";

import { attributeWords } from "./monitor-words";

interface WatchedFieldsProps {
  chosen: readonly string[];
  /** Attributes that outputs carry. */
  known: readonly WatchedAttribute[];
  /** Values and coverage of pairs and of everything else that is chosen, as far as they are known. */
  measured: readonly WatchedAttribute[];
  error: string | undefined;
  onChange: (chosen: string[]) => void;
}

const SHOWN_AT_ONCE = 12;
const MANY_VALUES = 200;

/** Which attributes and pairs are watched besides all outputs. */
export function WatchedFields({ chosen, known, measured, error, onChange }: WatchedFieldsProps) {
  const [all, setAll] = useState(false);
  const single = [
    ...known,
    ...chosen
      .filter((key) => watchedNames(key).length === 1 && !known.some(({ attribute }) => attribute === key))
      .map((attribute) => ({ attribute, values: 0, coverage: 0 })),
  ];
  const shown = all
    ? single
    : single.filter(({ attribute }, at) => at < SHOWN_AT_ONCE || chosen.includes(attribute));
  const pairs = chosen.filter((key) => watchedNames(key).length > 1);
  const set = (key: string, on: boolean) =>
    onChange(on ? [...chosen, key] : chosen.filter((each) => each !== key));
  return (
    <FieldGroup
      legend="What is watched"
      hint="Values that appear later are watched from their first review on. More attributes make every alarm a little slower."
    >
      <Checkbox label="All outputs" hint="Always." checked disabled readOnly />
      {shown.map((each) => (
        <Checkbox
          key={each.attribute}
          label={attributeWords(each.attribute)}
          hint={coverageWords(each)}
          checked={chosen.includes(each.attribute)}
          disabled={!chosen.includes(each.attribute) && chosen.length >= MOST_WATCHED}
          onChange={(event) => set(each.attribute, event.target.checked)}
        />
      ))}
      {shown.length < single.length ? (
        <Button variant="ghost" size="sm" className="self-start" onClick={() => setAll(true)}>
          Show all {single.length} attributes
        </Button>
      ) : null}
      {single.length === 0 ? (
        <p className="text-sm text-muted">
          Outputs that carry “segments” can also be watched by their values; none has come yet.
        </p>
      ) : null}
      {pairs.map((pair) => (
        <ChosenPair
          key={pair}
          pair={pair}
          measured={measured.find(({ attribute }) => attribute === pair)}
          onRemove={() => set(pair, false)}
        />
      ))}
      {error ? <p className="text-sm text-alarm-ink">{error}</p> : null}
      {known.length > 1 && chosen.length < MOST_WATCHED ? (
        <PairPicker
          names={known.flatMap(({ attribute }) => watchedNames(attribute))}
          chosen={chosen}
          onAdd={set}
        />
      ) : null}
    </FieldGroup>
  );
}

function ChosenPair({
  pair,
  measured,
  onRemove,
}: {
  pair: string;
  measured: WatchedAttribute | undefined;
  onRemove: () => void;
}) {
  const words = attributeWords(pair);
  return (
    <div className="flex items-start justify-between gap-2 rounded-md border border-line px-2.5 py-1.5">
      <div className="min-w-0">
        <p className="text-sm break-words text-ink">{words}, taken together</p>
        <p className="text-xs text-subtle">{measured ? coverageWords(measured) : "Being counted …"}</p>
      </div>
      <Button
        variant="ghost"
        size="icon"
        className="-mr-1.5"
        aria-label={`Stop watching ${words}`}
        onClick={onRemove}
      >
        <X aria-hidden="true" />
      </Button>
    </div>
  );
}

/** Two attributes whose combinations are watched. */
function PairPicker({
  names,
  chosen,
  onAdd,
}: {
  names: readonly string[];
  chosen: readonly string[];
  onAdd: (key: string, on: boolean) => void;
}) {
  const [pair, setPair] = useState<readonly [string, string]>(["", ""]);
  const [first, second] = pair;
  const key = first && second && first !== second ? watchedKey([first, second]) : null;
  const options = (other: string) => [
    { value: "", label: "choose …" },
    ...names.map((name) => ({ value: name, label: name, disabled: name === other })),
  ];
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label="Combine" className="min-w-28 flex-1">
        <Select
          value={first}
          options={options(second)}
          onChange={(event) => setPair([event.target.value, second])}
        />
      </Field>
      <Field label="with" className="min-w-28 flex-1">
        <Select
          value={second}
          options={options(first)}
          onChange={(event) => setPair([first, event.target.value])}
        />
      </Field>
      <Button
        disabled={key === null || chosen.includes(key)}
        onClick={() => {
          if (key === null) return;
          onAdd(key, true);
          setPair(["", ""]);
        }}
      >
        Add pair
      </Button>
    </div>
  );
}

function coverageWords({ values, coverage }: WatchedAttribute): string {
  if (values === 0) return "Not seen in the last four weeks with outputs.";
  const many = values > MANY_VALUES ? " Most will have too few reviews." : "";
  return `${values === 1 ? "1 value" : `${formatCount(values)} values`}; ${formatPercent(coverage, 0)} of outputs carry ${values === 1 ? "it" : "one"}.${many}`;
}
