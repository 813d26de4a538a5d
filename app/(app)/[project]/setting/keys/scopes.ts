import type { KeyScope } from "@/lib/project/permission";

/** What a key may do, in a manager's words. */
export const SCOPES: readonly { value: KeyScope; short: string; label: string; hint: string }[] = [
  {
    value: "outputs:write",
    short: "send outputs",
    label: "Send outputs",
    hint: "For the system that you watch. Also tells Assay when a new release went live.",
  },
  {
    value: "truth:write",
    short: "send the truth",
    label: "Send the truth",
    hint: "For the system that learns later what would have been right.",
  },
  {
    value: "read",
    short: "read results",
    label: "Read results",
    hint: "For reports and other dashboards: accuracy and settings, never what was sent.",
  },
];

export const VALIDITY = [
  { value: "90", label: "90 days" },
  { value: "365", label: "One year" },
  { value: "30", label: "30 days" },
  { value: "", label: "No end" },
];
