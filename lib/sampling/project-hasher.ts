import type { Project } from "@/lib/db/generated/client";
import { samplingHasher } from "@/lib/stats/sampling-hash";
import { openSamplingSecret } from "./seal-sampling-secret";

/** What a draw in a project needs of it. */
export type DrawingProject = Pick<Project, "id" | "sealedSamplingSecret" | "samplingScope">;

/** Permanent random numbers of a project for one purpose: from the unit's name to [0, 1). */
export function projectHasher(project: DrawingProject, salt: string): (unit: string) => number {
  return samplingHasher({
    secret: openSamplingSecret(project.id, project.sealedSamplingSecret),
    salt,
    projectId: project.samplingScope,
  });
}
