import { formatPercent } from "@/lib/core/format";
import type { Pilot } from "@/lib/estimate/schema";
import type { AccuracyFloor } from "@/lib/monitor/read-floor";

import type { AccuracyAxis, ChartRow, RowKind } from "./chart-rows";
import { FLOOR_DASHES } from "./floor-dashes";
import { floorName } from "./floor-words";
import { FormGlyph } from "./form-glyph";
import { IncidentGlyph } from "./incident-glyph";
import { PointGlyph } from "./point-glyph";

const STATES: readonly { kind: RowKind; text: string }[] = [
  { kind: "thin", text: "under 20 reviews" },
  { kind: "in_progress", text: "in progress" },
  { kind: "immature", text: "reviews still due" },
];

/** What the marks mean; only those that occur. */
export function ChartLegend({
  rows,
  pilot,
  floor,
  hasReleases,
  hasForms,
  hasEarlier,
  hasIncidents,
  axis,
}: {
  rows: readonly ChartRow[];
  pilot: Pilot | null;
  floor: AccuracyFloor | null;
  hasReleases: boolean;
  hasForms: boolean;
  hasEarlier: boolean;
  hasIncidents: boolean;
  axis: AccuracyAxis;
}) {
  const kinds = new Set(rows.map((row) => row.kind));
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
      <Item text="Accuracy, with the range of 95 %">
        <rect x="0" y="2.5" width="22" height="9" fill="var(--chart-band)" />
        <line x1="0" x2="22" y1="7" y2="7" stroke="var(--chart-line)" strokeWidth="2" />
        <PointGlyph kind="solid" cx={11} cy={7} radius={3} />
      </Item>
      {rows.some(({ outline }) => outline) ? (
        <Item text="The outer outline holds however often you look; alarms come from the monitors, never from a single dot">
          <path d="M0,1.5h22M0,12.5h22" fill="none" stroke="var(--chart-line)" strokeOpacity="0.6" />
        </Item>
      ) : null}
      {pilot ? (
        <Item text={`Pilot ${formatPercent(pilot.estimate.mean)}, with its range`}>
          <rect x="0" y="2" width="22" height="10" fill="var(--chart-pilot-band)" />
          <Dashes pattern="5 3" width={1.5} />
        </Item>
      ) : null}
      {hasEarlier ? (
        <Item text="the days just before, put under these">
          <Dashes pattern="1.5 3" width={1.5} />
          <circle cx="11" cy="7" r="2.5" fill="var(--chart-pilot)" />
        </Item>
      ) : null}
      {floor ? (
        <Item text={floorName(floor)}>
          <Dashes pattern={FLOOR_DASHES} width={1.25} />
        </Item>
      ) : null}
      {STATES.filter((state) => kinds.has(state.kind)).map((state) => (
        <Item key={state.kind} text={state.text} narrow>
          {state.kind === "immature" ? (
            <HatchForLegend />
          ) : (
            <PointGlyph kind={state.kind} cx={7} cy={7} radius={3.5} />
          )}
        </Item>
      ))}
      {kinds.has("bounded") ? (
        <Item text="a range: too many could not be judged" narrow>
          <line
            x1="7"
            x2="7"
            y1="1"
            y2="13"
            stroke="var(--chart-line)"
            strokeOpacity="0.55"
            strokeWidth="4"
          />
        </Item>
      ) : null}
      {hasReleases ? (
        <Item text="release" narrow>
          <path d="M3,2h9l-2.5,3l2.5,3h-9z M3,2v11" fill="var(--chart-marker)" stroke="var(--chart-marker)" />
        </Item>
      ) : null}
      {hasForms ? (
        <Item text="new version of the answer form" narrow>
          <FormGlyph x={7} y={7} />
        </Item>
      ) : null}
      {hasIncidents ? (
        <Item text="incident, where it likely began" narrow>
          <IncidentGlyph x={7} y={7} isOpen />
        </Item>
      ) : null}
      {axis.min > 0 ? (
        <li className="text-subtle">The axis starts at {formatPercent(axis.min, 0)}, not at 0.</li>
      ) : null}
    </ul>
  );
}

/** What production is compared with is told apart by its pattern. */
function Dashes({ pattern, width }: { pattern: string; width: number }) {
  return (
    <line
      x1="0"
      x2="22"
      y1="7"
      y2="7"
      stroke="var(--chart-pilot)"
      strokeWidth={width}
      strokeDasharray={pattern}
    />
  );
}

function Item({
  text,
  narrow = false,
  children,
}: {
  text: string;
  narrow?: boolean;
  children: React.ReactNode;
}) {
  return (
    <li className="flex items-center gap-1.5">
      <svg aria-hidden="true" width={narrow ? 14 : 22} height="14" className="shrink-0">
        {children}
      </svg>
      {text}
    </li>
  );
}

/** The legend stands outside of the chart's drawing, so it brings its own hatching. */
function HatchForLegend() {
  return (
    <g stroke="var(--chart-line)" strokeWidth="1.2" fill="none">
      <rect x="3" y="3" width="8" height="8" rx="1" fill="var(--surface)" />
      <path d="M3,7 7,3 M3,11 11,3 M7,11 11,7" />
    </g>
  );
}
