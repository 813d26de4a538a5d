"use client";

import { useRouter } from "next/navigation";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";

export interface OpenLink {
  id: string;
  /** Whom it is for; null: whoever holds it. */
  email: string | null;
  /** What it gives, for example "reviewer". */
  gives?: string;
  validUntil: string;
}

/** Links that nobody has used yet, each of which can be taken back. `address` is where the API keeps one. */
export function OpenLinks({
  links,
  address,
}: {
  links: readonly OpenLink[];
  address: (id: string) => string;
}) {
  const router = useRouter();
  if (links.length === 0) return <p className="text-sm text-muted">No link is waiting to be used.</p>;
  return (
    <ul className="divide-y divide-line">
      {links.map((link) => (
        <li key={link.id} className="flex flex-wrap items-center justify-between gap-2 py-2 text-sm">
          <span>
            <span className="text-ink">
              {link.email ?? "For whoever holds it"}
              {link.gives ? `, as ${link.gives}` : ""}
            </span>
            <span className="block text-xs text-subtle">Works once, until {link.validUntil}</span>
          </span>
          <ConfirmDialog
            title="Take this link back?"
            description="Nobody can use it any more. You can make a new one."
            confirmLabel="Take back"
            danger
            trigger={<Button size="sm">Take back</Button>}
            onConfirm={async () => {
              await fetchJson(address(link.id), { method: "DELETE" });
              router.refresh();
            }}
          />
        </li>
      ))}
    </ul>
  );
}
