/** Every section of the documentation, with its anchor; pages and the palette lead to them, so anchors stay. */
export const DOC_SECTIONS = [
  { href: "/docs#output", term: "Output" },
  { href: "/docs#sample", term: "Sampled output" },
  { href: "/docs#review", term: "Review" },
  { href: "/docs#truth", term: "Ground truth" },
  { href: "/docs#verdict", term: "Verdict" },
  { href: "/docs#segment", term: "Segment" },
  { href: "/docs#pilot", term: "Pilot and baseline" },
  { href: "/docs#band", term: "Interval band" },
  { href: "/docs#alarm", term: "Alarm and incident" },
  { href: "/docs#mix", term: "Traffic or model" },
  { href: "/docs#contract", term: "Contract" },
  { href: "/docs#quarantine", term: "Quarantine" },
  { href: "/docs#drift", term: "Drift" },
  { href: "/docs#ledger", term: "Ledger" },
  { href: "/docs/numbers#probabilities", term: "Known probabilities" },
  { href: "/docs/numbers#order", term: "Any order of work is a valid sample" },
  { href: "/docs/numbers#blind", term: "Blind first" },
  { href: "/docs/numbers#intervals", term: "Intervals that hold" },
  { href: "/docs/numbers#looking", term: "Alarms that survive being looked at every day" },
  { href: "/docs/numbers#people", term: "People are measured too" },
  { href: "/docs/numbers#hidden", term: "Nothing is hidden" },
  { href: "/docs/numbers#small", term: "Small numbers are said to be small" },
  { href: "/docs/numbers#silence", term: "Silence is never green" },
] as const;

export type DocHref = (typeof DOC_SECTIONS)[number]["href"];
