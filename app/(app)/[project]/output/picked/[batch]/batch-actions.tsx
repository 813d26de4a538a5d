"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { changePicked } from "@/app/(app)/[project]/output/picked/change-picked";
import { Button } from "@/components/ui/button";
import { problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import { formatCount } from "@/lib/core/format";

/** Takes what waits off the queue, or puts back what was taken off. */
export function BatchActions({
  slug,
  batchId,
  waiting,
  removed,
}: {
  slug: string;
  batchId: string;
  waiting: number;
  removed: number;
}) {
  const router = useRouter();
  const { show } = useToast();
  const [busy, setBusy] = useState<"remove" | "restore" | null>(null);

  async function change(verb: "remove" | "restore") {
    setBusy(verb);
    try {
      const changed = await changePicked(slug, batchId, verb);
      const title =
        verb === "remove"
          ? `${formatCount(changed)} taken off the queue`
          : `${formatCount(changed)} put back`;
      show({
        title,
        ...(verb === "remove" && changed > 0 ? { undo: { run: () => void change("restore") } } : {}),
      });
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
    setBusy(null);
  }

  return (
    <>
      {removed > 0 ? (
        <Button busy={busy === "restore"} onClick={() => void change("restore")}>
          Put {formatCount(removed)} back
        </Button>
      ) : null}
      {waiting > 0 ? (
        <Button busy={busy === "remove"} onClick={() => void change("remove")}>
          Take what waits off the queue
        </Button>
      ) : null}
    </>
  );
}
