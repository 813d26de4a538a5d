"use client";

import { MadeOnceDialog } from "@/components/form/made-once-dialog";
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
  return (
    <MadeOnceDialog<MadeKey>
      button="New key"
      title="New API key"
      hint="One key for each system makes it easy to replace one without touching the others."
      copyTitle="Copy your key now"
      renderForm={(onMade) => <NewKeyForm slug={slug} sources={sources} onMade={onMade} />}
      renderMade={({ token, scopes, madeAt }) => (
        <ShownKey slug={slug} token={token} scopes={scopes} madeAt={madeAt} />
      )}
    />
  );
}
