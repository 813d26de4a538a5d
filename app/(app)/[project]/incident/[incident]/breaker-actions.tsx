"use client";

import { useRouter } from "next/navigation";
import { DecideDialog } from "@/app/(app)/[project]/input/quarantine/decide-dialog";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { BreakerDecision } from "@/lib/contract/breaker-schema";

/** What a person can decide about records that break a rule in mass; each decision can be taken back by the other one. */
export function BreakerActions({
  slug,
  breakerId,
  holding,
  unreadable,
}: {
  slug: string;
  breakerId: string;
  holding: boolean;
  unreadable: boolean;
}) {
  const router = useRouter();
  const { show } = useToast();

  async function decide(decision: BreakerDecision, note: string, title: string) {
    await fetchJson(`/api/v1/projects/${slug}/contract/breakers/${breakerId}`, {
      method: "POST",
      body: { decision, note },
      parse: async (value) => (await import("@/lib/contract/breaker-schema")).breakerSchema.parse(value),
    });
    show({ title });
    router.refresh();
  }

  return (
    <>
      <DecideDialog
        title="Is the sender at fault?"
        description="The contract stays as it is. It is kept with the incident what is wrong there."
        confirmLabel="Keep the contract"
        trigger={<Button>The sender is at fault</Button>}
        onConfirm={(note) => decide("sender", note, "The contract stays as it is")}
      />
      {unreadable ? null : holding ? (
        <DecideDialog
          title="Take such records again?"
          description="They are taken and flagged, and none is held back for this, until the share has fallen back."
          confirmLabel="Take and flag"
          trigger={<Button>Take and flag again</Button>}
          onConfirm={(note) => decide("accept", note, "Such records are taken and flagged")}
        />
      ) : (
        <DecideDialog
          title="Hold such records back all the same?"
          description="Every record with this reason goes into quarantine from now on, however many they are. You can take this back."
          confirmLabel="Hold back"
          trigger={<Button>Hold back all the same</Button>}
          onConfirm={(note) => decide("hold", note, "Such records are held back")}
        />
      )}
    </>
  );
}
