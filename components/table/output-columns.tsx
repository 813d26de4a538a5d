"use client";

import { createColumnHelper, tableFeatures } from "@tanstack/react-table";

import { Badge } from "@/components/ui/badge";
import { formatDecimal, formatInstant } from "@/lib/core/format";
import type { OutputRow } from "@/lib/output/schema";

import { OutputStateBadge } from "./output-state";

const SHOWN_SEGMENTS = 3;
/** A column of one attribute is called after it. */
const SEGMENT = "segment.";

// Sorting, filtering and paging happen in the database; the table has only columns and rows.
export const features = tableFeatures({});
const helper = createColumnHelper<typeof features, OutputRow>();

/** Besides the output itself, which is always there. */
const KNOWN = {
  result: "Result",
  segments: "Segments",
  model: "Model",
  version: "Version",
  phase: "Phase",
  confidence: "Confidence",
  flags: "Flags",
  received: "Received",
  score: "Score",
  review: "Review",
} as const;
type KnownColumn = keyof typeof KNOWN;

export const DEFAULT_COLUMNS: readonly string[] = ["result", "segments", "version", "review"];

export interface ColumnChoice {
  id: string;
  label: string;
}

/** All columns that can be chosen, in the order in which they stand. */
export function columnChoices(attributes: readonly string[], withPreview: boolean): ColumnChoice[] {
  const { result, segments, ...others } = KNOWN;
  return [
    ...(withPreview ? [{ id: "result", label: result }] : []),
    { id: "segments", label: segments },
    ...attributes.map((attribute) => ({ id: `${SEGMENT}${attribute}`, label: attribute })),
    ...Object.entries(others).map(([id, label]) => ({ id, label })),
  ];
}

/** The columns in their order; what does not exist is left out. */
export function outputColumnsOf(ids: readonly string[], { timeZone }: { timeZone: string }) {
  const attributes = ids.filter((id) => id.startsWith(SEGMENT)).map((id) => id.slice(SEGMENT.length));
  const shown = columnChoices(attributes, true).filter(({ id }) => ids.includes(id));
  return [
    helper.display({ id: "output", header: "Output" }),
    ...shown.map(({ id, label }) =>
      helper.display({
        id,
        header: label,
        cell: ({ row }) => <OutputCell id={id} output={row.original} timeZone={timeZone} />,
      }),
    ),
  ];
}

function OutputCell({ id, output, timeZone }: { id: string; output: OutputRow; timeZone: string }) {
  if (id.startsWith(SEGMENT)) {
    const value = output.segments[id.slice(SEGMENT.length)];
    return <Words text={value === "" ? "(empty)" : value} />;
  }
  switch (id as KnownColumn) {
    case "result":
      return <Preview text={output.preview} />;
    case "segments":
      return <Segments segments={output.segments} />;
    case "model":
      return <Words text={output.model_name} />;
    case "version":
      return <Words text={output.model_version} />;
    case "phase":
      return <Words text={output.phase === "pilot" ? "Pilot" : "Production"} />;
    case "confidence":
      return <Words text={output.confidence === null ? null : formatDecimal(output.confidence, 3)} />;
    case "flags":
      return <Flags flags={output.flags} />;
    case "received":
      return <Words text={formatInstant(output.received_at, timeZone)} />;
    case "score":
      return <Words text={output.score === null ? null : formatDecimal(output.score, 2)} />;
    case "review":
      return <OutputStateBadge state={output.state} verdict={output.verdict} />;
  }
}

function Words({ text }: { text: string | null | undefined }) {
  return (
    <span className="block max-w-40 truncate text-muted tabular" title={text ?? undefined}>
      {text ?? "–"}
    </span>
  );
}

function Flags({ flags }: { flags: readonly string[] }) {
  if (flags.length === 0) return <Words text={null} />;
  const words = flags.map((flag) => flag.replaceAll("_", " ").toLowerCase());
  return (
    <span className="flex max-w-72 flex-wrap gap-1">
      {words.slice(0, 2).map((text) => (
        <Badge key={text} tone="warn">
          {text}
        </Badge>
      ))}
      {words.length > 2 ? (
        <span className="text-xs text-subtle" title={words.join("\n")}>
          +{words.length - 2}
        </span>
      ) : null}
    </span>
  );
}

function Preview({ text }: { text: string | null }) {
  return <span className="block max-w-md truncate font-mono text-xs text-muted">{text ?? "–"}</span>;
}

function Segments({ segments }: { segments: Readonly<Record<string, string>> }) {
  const entries = Object.entries(segments);
  return (
    <span className="flex max-w-96 flex-wrap gap-1">
      {entries.slice(0, SHOWN_SEGMENTS).map(([attribute, value]) => (
        <Badge key={attribute} title={`${attribute} = ${value}`} className="max-w-36">
          <span className="truncate">{value === "" ? "(empty)" : value}</span>
        </Badge>
      ))}
      {entries.length > SHOWN_SEGMENTS ? (
        <span
          className="text-xs text-subtle"
          title={entries.map(([attribute, value]) => `${attribute} = ${value}`).join("\n")}
        >
          +{entries.length - SHOWN_SEGMENTS}
        </span>
      ) : null}
    </span>
  );
}
