"use client";

import { contentOf } from "@/components/content/content-kind";
import { ContentView, TreeView } from "@/components/content/content-view";
import { LongText } from "@/components/content/long-text";
import type { NotedPlace } from "@/components/content/noted-place";
import { Segmented } from "@/components/ui/segmented";

export type InputStyle = "read" | "raw";

/** Whether there is more than one way to show it. */
export function hasReadingView(value: unknown): boolean {
  const { kind } = contentOf(value);
  return kind === "markdown" || (typeof value === "object" && kind !== "tree");
}

export function InputStyleChoice({
  value,
  style,
  onChange,
}: {
  value: unknown;
  style: InputStyle;
  onChange: (style: InputStyle) => void;
}) {
  return (
    <Segmented
      label="How it is shown"
      value={style}
      options={[
        { value: "read", label: "Reading view" },
        { value: "raw", label: typeof value === "string" ? "As written" : "JSON" },
      ]}
      onChange={(next) => onChange(next === "raw" ? "raw" : "read")}
    />
  );
}

/** What the system was given or gave, as a person reads it; as it came on request. */
export function InputView({
  value,
  style,
  label,
  noted = null,
}: {
  value: unknown;
  style: InputStyle;
  label: string;
  noted?: NotedPlace | null;
}) {
  if (style === "read" || !hasReadingView(value))
    return <ContentView value={value} label={label} noted={noted} />;
  if (typeof value !== "string") return <TreeView value={value} label={label} noted={noted} />;
  return (
    <>
      {noted?.all}
      <LongText text={value} />
    </>
  );
}
