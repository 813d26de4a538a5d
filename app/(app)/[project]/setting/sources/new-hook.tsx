"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-block";
import { Dialog } from "@/components/ui/dialog";
import { HookForm, type MadeHook } from "./hook-form";

/** The dialog of a new hook: first the form, then its address and secret, this once. */
export function NewHook({ slug, origin }: { slug: string; origin: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<MadeHook | null>(null);

  function change(next: boolean) {
    setOpen(next);
    if (next) setMade(null);
  }

  function show(hook: MadeHook) {
    setMade(hook);
    router.refresh();
  }

  return (
    <Dialog
      title={made ? "Copy address and secret now" : "New hook"}
      description={
        made
          ? "Enter both in the sending system. The secret cannot be shown again; you can make a new one at any time."
          : "An address of its own for one sending system, which signs what it sends."
      }
      trigger={<Button variant="primary">New hook</Button>}
      open={open}
      onOpenChange={change}
      stays={made !== null}
      size="lg"
      footer={
        made ? (
          <Button variant="primary" onClick={() => change(false)}>
            I have copied both
          </Button>
        ) : null
      }
    >
      {made ? (
        <div className="flex flex-col gap-4">
          <div className="flex flex-col gap-1.5">
            <span className="text-sm font-medium text-ink">Address</span>
            <CopyField value={`${origin}${made.path}`} label="address" />
          </div>
          <div className="flex flex-col gap-1.5">
            <span className="text-sm font-medium text-ink">Signing secret</span>
            <CopyField value={made.secret} label="secret" />
          </div>
        </div>
      ) : (
        <HookForm slug={slug} onMade={show} />
      )}
    </Dialog>
  );
}
