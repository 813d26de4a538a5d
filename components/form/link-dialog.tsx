"use client";

import { CopyField } from "@/components/ui/copy-block";
import { Dialog } from "@/components/ui/dialog";

export interface MadeLink {
  /** Without the host. */
  path: string;
  /** For example "7 Mar 2026, 14:05". */
  validUntil: string;
}

/** A single-use link that was just made: shown once, to be copied and passed on. */
export function LinkDialog({
  title,
  link,
  onClose,
}: {
  title: string;
  link: MadeLink | null;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={title}
      description="Copy it now: it is shown only here. Pass it on yourself; Assay sends no mail."
      open={link !== null}
      stays
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      {link ? (
        <div className="flex flex-col gap-3">
          <CopyField value={`${window.location.origin}${link.path}`} label="link" />
          <p className="text-sm text-muted">It works once, until {link.validUntil}.</p>
        </div>
      ) : null}
    </Dialog>
  );
}
