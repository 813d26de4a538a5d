import { randomBytes } from "node:crypto";

import { masterKey } from "@/lib/core/master-key";
import { seal, unseal } from "@/lib/core/seal";

/** The sealed key of a project's sampling hash; a fresh random one unless a reproducible replay names its own. */
export function sealSamplingSecret(
  projectId: string,
  secret: string = randomBytes(32).toString("hex"),
): string {
  return seal(masterKey(), secret, binding(projectId));
}

/** @throws Error when the sealed text belongs to another project or another master key. */
export function openSamplingSecret(projectId: string, sealed: string): string {
  return unseal(masterKey(), sealed, binding(projectId));
}

function binding(projectId: string): string {
  return `project|${projectId}|sampling`;
}
