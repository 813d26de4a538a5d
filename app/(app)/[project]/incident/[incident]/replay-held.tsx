"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { settledSentence, settleGroup } from "@/app/(app)/[project]/input/quarantine/settle-group";
import { Button } from "@/components/ui/button";
import { problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import { formatCount } from "@/lib/core/format";

/** Judges again what was held back for one reason: what keeps the contract of now, or is not held for it any more, becomes an output. */
export function ReplayHeld({ slug, code, records }: { slug: string; code: string; records: number }) {
  const router = useRouter();
  const { show } = useToast();
  const [busy, setBusy] = useState(false);

  async function replay() {
    setBusy(true);
    try {
      const settled = await settleGroup(slug, { kind: "output", code }, { kind: "replay" });
      show({ title: settledSentence({ kind: "replay" }, settled) });
    } catch (error) {
      show({
        title: "Not all could be judged again",
        description: problemSentence(error),
        kind: "problem",
      });
    }
    setBusy(false);
    router.refresh();
  }

  return (
    <Button busy={busy} onClick={() => void replay()}>
      Judge {formatCount(records)} held {records === 1 ? "record" : "records"} again
    </Button>
  );
}
