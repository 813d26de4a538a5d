import type { Project } from "@/lib/db/generated/client";
import { type DrawingProject, projectHasher } from "@/lib/sampling/project-hasher";

/**
 * Which outputs are answered blind although the output comes first in this project: a share drawn at random, so that the two ways can
 * be compared. Drawn by output, so that both looks at it are of one kind.
 */
export function blindArm(
  project: DrawingProject & Pick<Project, "blindArmShare">,
): (externalId: string) => boolean {
  const hash = projectHasher(project, "blind-v1");
  return (externalId) => hash(externalId) < project.blindArmShare;
}
