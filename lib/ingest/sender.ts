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

/** Columns of `project` under the names above, for the queries that authenticate. */
export const PROJECT_COLUMNS = `
  project.id AS "projectId", project.slug, project.time_zone AS "timeZone", project.sampling_scope AS "samplingScope",
  project.sealed_sampling_secret AS "sealedSamplingSecret", project.truth_coverage::text AS "truthCoverage"`;

export interface ProjectRow extends Omit<SenderProject, "id"> {
  projectId: string;
}

export function senderProject(row: ProjectRow): SenderProject {
  const { projectId: id, slug, timeZone, samplingScope, sealedSamplingSecret, truthCoverage } = row;
  return { id, slug, timeZone, samplingScope, sealedSamplingSecret, truthCoverage };
}
