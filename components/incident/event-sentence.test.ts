import { expect, it } from "vitest";

import { EVENT_KINDS, type IncidentEvent } from "@/lib/incident/schema";

import { eventSentence } from "./event-sentence";

const event = (
  kind: IncidentEvent["kind"],
  details: IncidentEvent["details"] = {},
  by: string | null = "Kim",
) =>
  eventSentence(
    { id: "0193e4a0-0000-7000-8000-000000000001", kind, at: "2026-03-21T06:10:00Z", by, note: null, details },
    "Europe/Berlin",
  );

it.each([
  [
    event("opened", { day: "2026-03-20", log_evidence: Math.log(31_000) }, null),
    "Found with the reviews of 20 Mar 2026. By chance alone it would come up once in 31,000 reviews.",
  ],
  [
    event("alarmed", { day: "2026-03-24" }, null),
    "Reached the threshold again with the reviews of 24 Mar 2026.",
  ],
  [event("muted", { until: "2026-03-28T08:00:00Z" }), "Kim muted it until 28 Mar 2026, 09:00."],
  [
    event("noted", { breaker: "0193e4a0-0000-7000-8000-000000000002" }, null),
    "The same change breaks another rule.",
  ],
  [event("noted"), "Kim wrote a note."],
  [event("resolved", { reason: "not_a_problem" }), "Kim resolved it: it is not a problem."],
  [
    event("corrected", { labels: 1, log_peak: 2.3, log_threshold: 9 }, null),
    "A review behind it was corrected. By chance alone it would now come up once in 10 reviews, no longer enough to report it.",
  ],
  [
    event("corrected", { labels: 12, log_peak: 9.2, log_threshold: 9 }, null),
    "12 reviews behind it were corrected. By chance alone it would now come up once in 9,900 reviews, still enough to report it.",
  ],
])("%s", (said, expected) => {
  expect(said).toBe(expected);
});

it("has a sentence for every kind, whatever is missing", () => {
  for (const kind of EVENT_KINDS) {
    expect(event(kind, {}, null)).toMatch(/^[A-Z].*\.$/);
    expect(event(kind, {}, null)).not.toMatch(/undefined|null|NaN/);
  }
});
