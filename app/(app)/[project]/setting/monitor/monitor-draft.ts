import type { MonitorSettings } from "@/lib/monitor/schema";
import { rounded } from "@/lib/core/format";

/** The form's fields as typed. */
export interface MonitorDraft {
  attributes: readonly string[];
  from: "pilot" | "floor";
  /** In percent. */
  floor: string;
  /** In points. */
  tolerance: string;
  acceptedPerYear: string;
  unsureCountsWrong: boolean;
}

/** What is sent. An empty field is no zero and, for the floor, not "none": it is sent as it is, and the API says so. */
export type TypedSettings = Omit<MonitorSettings, "floor" | "tolerance" | "accepted_per_year"> & {
  floor: number | "" | null;
  tolerance: number | "";
  accepted_per_year: number | "";
};

export function draftOf(settings: MonitorSettings): MonitorDraft {
  return {
    attributes: settings.attributes,
    from: settings.floor === null ? "pilot" : "floor",
    floor: settings.floor === null ? "" : hundredfold(settings.floor),
    tolerance: hundredfold(settings.tolerance),
    acceptedPerYear: String(settings.accepted_per_year),
    unsureCountsWrong: settings.unsure_counts_wrong,
  };
}

export function settingsOf(draft: MonitorDraft): TypedSettings {
  return {
    attributes: [...draft.attributes],
    floor: draft.from === "pilot" ? null : hundredth(draft.floor),
    tolerance: hundredth(draft.tolerance),
    accepted_per_year: numberOf(draft.acceptedPerYear),
    unsure_counts_wrong: draft.unsureCountsWrong,
  };
}

function hundredfold(share: number): string {
  return String(rounded(share * 100, 4));
}

function hundredth(text: string): number | "" {
  const number = numberOf(text);
  return number === "" ? "" : rounded(number / 100, 6);
}

function numberOf(text: string): number | "" {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? "" : number;
}
