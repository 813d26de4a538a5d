"use client";

import { MadeOnceDialog } from "@/components/form/made-once-dialog";
import { type MadeLink, NewLinkForm, type ShareSegment } from "./new-link-form";
import { ShownLinkLines } from "./shown-link-lines";

/** The dialog of a new link: first the form, then its address with lines to paste, this once. */
export function NewLink({ slug, segments }: { slug: string; segments: readonly ShareSegment[] }) {
  return (
    <MadeOnceDialog<MadeLink>
      button="New link"
      title="New link"
      hint="One link for each place makes it easy to take one back without touching the others."
      copyTitle="Copy your link now"
      renderForm={(onMade) => <NewLinkForm slug={slug} segments={segments} onMade={onMade} />}
      renderMade={(link) => <ShownLinkLines link={link} />}
    />
  );
}
