"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { KeyScope } from "@/lib/project/permission";
import { type KeySource, NewKeyForm } from "./new-key-form";
import { ShownKey } from "./shown-key";

interface MadeKey {
  token: string;
  scopes: readonly KeyScope[];
  madeAt: Date;
}

/** The dialog of a new key: first the form, then the key itself, this once. */
export function NewKey({ slug, sources }: { slug: string; sources: readonly KeySource[] }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);

  function change(next: boolean) {
    setOpen(next);
    if (next) setMade(null);
  }

  function show(key: MadeKey) {
    setMade(key);
    router.refresh();
  }

  return (
    <Dialog
      title={made ? "Copy your key now" : "New API key"}
      description={
        made
          ? "Assay keeps only its fingerprint and cannot show it again."
          : "One key for each system makes it easy to replace one without touching the others."
      }
      trigger={<Button variant="primary">New key</Button>}
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
      {made ? (
        <ShownKey slug={slug} token={made.token} scopes={made.scopes} madeAt={made.madeAt} />
      ) : (
        <NewKeyForm slug={slug} sources={sources} onMade={show} />
      )}
    </Dialog>
  );
}
