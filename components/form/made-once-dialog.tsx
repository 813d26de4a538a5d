"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** The dialog of something that is shown once, a key or a link: first the form, then what was made, until it was copied. */
export function MadeOnceDialog<T>({
  button,
  title,
  hint,
  copyTitle,
  renderForm,
  renderMade,
}: {
  button: string;
  title: string;
  /** Said above the form. */
  hint: string;
  /** The title while what was made is shown. */
  copyTitle: string;
  renderForm: (onMade: (made: T) => void) => ReactNode;
  renderMade: (made: T) => ReactNode;
}) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ value: T } | null>(null);

  function change(next: boolean) {
    setOpen(next);
    if (next) setMade(null);
  }

  function show(value: T) {
    setMade({ value });
    router.refresh();
  }

  return (
    <Dialog
      title={made ? copyTitle : title}
      description={made ? "Assay keeps only its fingerprint and cannot show it again." : hint}
      trigger={<Button variant="primary">{button}</Button>}
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
      {made ? renderMade(made.value) : renderForm(show)}
    </Dialog>
  );
}
