"use client";

import { useRouter } from "next/navigation";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

export interface SignInRow {
  id: string;
  device: string;
  network: string | null;
  since: string;
  lastSeen: string;
  isThis: boolean;
}

/** Every place where this person is signed in; all but this one can be ended. */
export function SignIns({ rows }: { rows: readonly SignInRow[] }) {
  const others = rows.filter((row) => !row.isThis).length;
  return (
    <Card
      title="Where you are signed in"
      description="A sign-in ends by itself after 8 hours without a click, at the latest after 7 days."
      actions={others > 0 ? <EndOthers others={others} /> : null}
    >
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-col gap-0.5 py-2.5 text-sm first:pt-0 last:pb-0">
            <span className="flex items-center gap-2">
              <span className="font-medium text-ink">{row.device}</span>
              {row.isThis ? <Badge tone="accent">This device</Badge> : null}
            </span>
            <span className="text-xs text-subtle tabular">
              since {row.since}, last seen {row.lastSeen}
              {row.network ? `, from ${row.network}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function EndOthers({ others }: { others: number }) {
  const router = useRouter();
  const { show } = useToast();
  return (
    <ConfirmDialog
      title="Sign out everywhere else?"
      description={
        others === 1
          ? "Your other device needs your password again."
          : `Your ${others} other devices need your password again.`
      }
      confirmLabel="Sign out there"
      trigger={<Button>Sign out elsewhere</Button>}
      onConfirm={async () => {
        await fetchJson("/api/v1/session/others", { method: "DELETE" });
        show({ title: "You are signed in on this device only" });
        router.refresh();
      }}
    />
  );
}
