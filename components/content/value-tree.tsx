"use client";

import { JsonView } from "@/components/ui/json-view";
import type { PlacedNotes } from "@/components/ui/note-list";
import { mayBeImage } from "./may-be-image";
import { ImageView } from "./image-view";

/** JSON as a tree, with pictures below the addresses that name them. */
export function ValueTree({
  value,
  label,
  notes,
}: {
  value: unknown;
  label: string;
  notes?: PlacedNotes | undefined;
}) {
  return <JsonView value={value} label={label} below={pictureBelow} {...(notes ? { notes } : {})} />;
}

function pictureBelow(value: unknown, name: string) {
  return typeof value === "string" && mayBeImage(value) ? (
    <ImageView text={value} label={name}>
      {null}
    </ImageView>
  ) : null;
}
