import { masterKey } from "@/lib/core/master-key";
import { seal, unseal } from "@/lib/core/seal";

export interface SecretPlace {
  projectId: string;
  id: string;
  destination: string;
}

/** What is stored: it opens only in this row and for this destination, so that it never goes anywhere else. */
export function sealChannelSecret(place: SecretPlace, secret: string): string {
  return seal(masterKey(), secret, binding(place));
}

/** @throws Error when the row or its destination is another one than it was entered for */
export function openChannelSecret(place: SecretPlace, sealed: string): string {
  return unseal(masterKey(), sealed, binding(place));
}

function binding({ projectId, id, destination }: SecretPlace): string {
  return `alert_channel|${id}|${projectId}|${destination}`;
}
