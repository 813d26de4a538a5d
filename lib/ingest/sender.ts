import type { Actor } from "@/lib/core/ctx";

/** Who sends, for which project, under which source it is counted. Known after authentication. */
export interface Sender {
  project: SenderProject;
  source: { id: string; recordedHistory: boolean };
  actor: Extract<Actor, { kind: "apiKey" | "webhook" }>;
}

export interface SenderProject {
  id: string;
  slug: string;
  timeZone: string;
  samplingScope: string;
  sealedSamplingSecret: string;
  truthCoverage: "SELECTED" | "COMPLETE";
}

/** A `Sender` without its actor, in queries that join `source` and `project`. */
export const SENDER_COLUMNS = `
  json_build_object('id', source.id, 'recordedHistory', recorded_history) AS source,
  json_build_object('id', project.id, 'slug', slug, 'timeZone', time_zone, 'samplingScope', sampling_scope,
    'sealedSamplingSecret', sealed_sampling_secret, 'truthCoverage', truth_coverage) AS project`;
