"use client";

import { CloudOff } from "lucide-react";
import type { Outbox } from "./use-outbox";

/** Whether all that was decided is with the server; in the same place at all times. */
export function SaveState({ outbox }: { outbox: Outbox }) {
  const { waiting, refused, lasting, stuck } = outbox;
  if (waiting > 0 && stuck !== null)
    return (
      <p className="inline-flex items-center gap-1.5 text-sm text-warn-ink">
        <CloudOff aria-hidden="true" className="size-4" />
        {waiting === 1 ? "1 review" : `${waiting} reviews`} waiting to be sent
      </p>
    );
  if (waiting > 0)
    return <p className="text-sm text-subtle">{lasting ? "Saved on this device, sending …" : "Sending …"}</p>;
  return (
    <p className="text-sm text-subtle" data-saved>
      {refused.length > 0 ? "The rest is saved" : "All saved"}
    </p>
  );
}
