"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type MadeLink, NewLinkForm, type ShareSegment } from "./new-link-form";
import { ShownLinkLines } from "./shown-link-lines";

/** The dialog of a new link: first the form, then its address with lines to paste, this once. */
export function NewLink({ slug, segments }: { slug: string; segments: readonly ShareSegment[] }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<MadeLink | null>(null);

  function change(next: boolean) {
    setOpen(next);
    if (next) setMade(null);
  }

  function show(link: MadeLink) {
    setMade(link);
    router.refresh();
  }

  return (
    <Dialog
      title={made ? "Copy your link now" : "New link"}
      description={
        made
          ? "Assay keeps only its fingerprint and cannot show it again."
          : "One link for each place makes it easy to take one back without touching the others."
      }
      trigger={<Button variant="primary">New link</Button>}
      open={open}
      onOpenChange={change}
      stays={made !== null}
      footer={
        made ? (
          <Button variant="primary" onClick={() => change(false)}>
            I have copied it
          </Button>
        ) : null
      }
    >
      {made ? <ShownLinkLines link={made} /> : <NewLinkForm slug={slug} segments={segments} onMade={show} />}
    </Dialog>
  );
}
