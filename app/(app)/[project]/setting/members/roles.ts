export type RoleName = "MANAGER" | "REVIEWER" | "VIEWER";

export const ROLE_NAMES: Record<RoleName, string> = {
  MANAGER: "manager",
  REVIEWER: "reviewer",
  VIEWER: "viewer",
};

/** What each role means, in one sentence. */
export const ROLE_OPTIONS = [
  {
    value: "REVIEWER",
    label: "Reviewer",
    hint: "Judges sampled outputs. Sees no charts unless the project allows it, so that reviews stay unbiased.",
  },
  { value: "MANAGER", label: "Manager", hint: "Sees everything, changes the settings, and may review too." },
  { value: "VIEWER", label: "Viewer", hint: "Sees charts and reports, changes nothing." },
] as const;
