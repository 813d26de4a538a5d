"use client";

import { Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

/** Stops the queue for everybody, or lets it go on; the message offers the way back. */
export function PauseQueue({ slug, paused }: { slug: string; paused: boolean }) {
  const router = useRouter();
  const { show } = useToast();
  const [busy, setBusy] = useState(false);

  async function change(next: boolean) {
    setBusy(true);
    try {
      await fetchJson(`/api/v1/projects/${slug}/queue`, { method: "PATCH", body: { paused: next } });
      show({
        title: next ? "The queue is paused" : "The queue goes on",
        undo: { run: () => void change(!next) },
      });
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
    setBusy(false);
  }

  return (
    <Button variant={paused ? "primary" : "secondary"} busy={busy} onClick={() => void change(!paused)}>
      {paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
      {paused ? "Let the queue go on" : "Pause the queue"}
    </Button>
  );
}
