"use client";

import { useRouter } from "next/navigation";
import { settledSentence } from "@/app/(app)/[project]/input/quarantine/settle-group";
import { SettleProgress } from "@/app/(app)/[project]/input/quarantine/settle-progress";
import { useSettling } from "@/app/(app)/[project]/input/quarantine/use-settling";
import { Button } from "@/components/ui/button";
import { problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import { formatCount } from "@/lib/core/format";

/** Judges again what was held back for one reason: what keeps the contract of now, or is not held for it any more, becomes an output. */
export function ReplayHeld({ slug, code, records }: { slug: string; code: string; records: number }) {
  const router = useRouter();
  const { show } = useToast();
  const { at, settle, stop } = useSettling(slug);

  async function replay() {
    try {
      const settled = await settle({ kind: "output", code }, { kind: "replay" }, records);
      show({ title: settledSentence({ kind: "replay" }, settled) });
    } catch (error) {
      show({
        title: "Not all could be judged again",
        description: problemSentence(error),
        kind: "problem",
      });
    }
    router.refresh();
  }

  if (at) return <SettleProgress at={at} onStop={stop} />;
  return (
    <Button onClick={() => void replay()}>
      Judge {formatCount(records)} held {records === 1 ? "record" : "records"} again
    </Button>
  );
}
