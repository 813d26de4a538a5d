import { BinFigure } from "@/components/chart/bin-figure";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatCount, formatDay, formatInterval, formatPercent } from "@/lib/core/format";
import type { ShownFeature, ShownGroup } from "@/lib/drift/schema";

import { sizeWords } from "./drift-words";

/** One field beside its pilot: what is broken or new first, how large the change is, whether answers are worse there. */
export function FeatureCard({
  feature,
  hrefOf,
}: {
  feature: ShownFeature;
  /** Address of the outputs that fulfil a field condition. */
  hrefOf: (field: string) => string;
}) {
  const { label, sentence, bins } = feature;
  return (
    <Card
      title={<bdi>{label}</bdi>}
      {...(feature.movedSince
        ? { actions: <Badge tone="warn">Moved since {formatDay(feature.movedSince)}</Badge> }
        : {})}
    >
      <div className="grid gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]">
        <div className="flex min-w-0 flex-col gap-3 text-sm">
          <p className="text-base font-medium text-ink text-pretty">
            {sentence ?? `Not enough data (${formatCount(feature.outputs)} of 50 outputs).`}
          </p>
          <NewValues feature={feature} hrefOf={hrefOf} />
          <LargestBins feature={feature} hrefOf={hrefOf} />
          {feature.accuracy ? <AccuracyThere label={label} accuracy={feature.accuracy} /> : null}
          {feature.index !== null && feature.noiseFloor !== null ? (
            <p className="text-xs text-subtle text-pretty">{sizeWords(feature.index, feature.noiseFloor)}</p>
          ) : null}
        </div>
        {bins.length > 0 ? (
          <BinFigure
            label={label}
            bins={bins}
            hrefs={bins.map(({ field }) => (field === null ? null : hrefOf(field)))}
          />
        ) : null}
      </div>
    </Card>
  );
}

function NewValues({ feature, hrefOf }: { feature: ShownFeature; hrefOf: (field: string) => string }) {
  if (feature.newValues.length === 0) return null;
  return (
    <p className="text-muted">
      New among the newest outputs:{" "}
      {feature.newValues.map(({ value, outputs, field }, at) => (
        <span key={value}>
          {at > 0 ? ", " : ""}
          <TextLink href={hrefOf(field)}>
            <bdi>{value}</bdi>
          </TextLink>{" "}
          <span className="text-subtle tabular">({formatCount(outputs)})</span>
        </span>
      ))}
    </p>
  );
}

function LargestBins({ feature, hrefOf }: { feature: ShownFeature; hrefOf: (field: string) => string }) {
  if (feature.largest.length === 0 || feature.movedSince === null) return null;
  return (
    <ul className="flex flex-col gap-1 text-muted">
      {feature.largest.map(({ label, pilot, now, field }) => (
        <li key={label}>
          {field === null ? (
            <bdi className="text-ink">{label}</bdi>
          ) : (
            <TextLink href={hrefOf(field)}>
              <bdi>{label}</bdi>
            </TextLink>
          )}
          <span className="tabular">
            : {formatPercent(now)} of outputs, {formatPercent(pilot)} in the pilot
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How right the model is where the field moved, beside what it was there. */
function AccuracyThere({
  label,
  accuracy,
}: {
  label: string;
  accuracy: NonNullable<ShownFeature["accuracy"]>;
}) {
  const { moved, before, allBefore, rest } = accuracy;
  if (!moved.accuracy)
    return (
      <p className="text-muted text-pretty">
        <bdi>{label}</bdi> moved. Not enough reviews yet to say how right the outputs there are (
        {formatCount(moved.reviews)} of 5); they are drawn more often until there are.
      </p>
    );
  return (
    <p className="text-muted text-pretty">
      <bdi>{label}</bdi> moved; accuracy of that group is <Right group={moved} />
      {before.accuracy ? (
        <>
          , was <Right group={before} />
        </>
      ) : allBefore.accuracy ? (
        <>
          ; it had hardly any such outputs before, when all together were <Right group={allBefore} />
        </>
      ) : (
        "; what it was before has not been reviewed"
      )}
      {rest.accuracy ? (
        <>
          . All other outputs since then: <Right group={rest} />
        </>
      ) : null}
      .
    </p>
  );
}

function Right({ group: { reviews, accuracy } }: { group: ShownGroup }) {
  if (!accuracy) return null;
  return (
    <span className="tabular">
      <span className="font-medium text-ink">{formatPercent(accuracy.mean, 0)}</span> (
      {formatInterval(accuracy)}, {formatCount(reviews)} reviewed)
    </span>
  );
}
