"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";
import { formatDuration } from "@/lib/core/format";
import type { DemoState } from "@/lib/demo/schema";
import { RemoveDemo } from "./remove-demo";

const ASK_SECONDS = 2;

/** The simulated project: made by a press, followed while it is made, and taken away by a press. */
export function DemoCard({ demo }: { demo: DemoState }) {
  const router = useRouter();
  const { show } = useToast();
  const [asked, setAsked] = useState(false);
  const isMaking = demo.state === "making";

  useEffect(() => {
    if (!isMaking) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, ASK_SECONDS * 1000);
    return () => clearInterval(timer);
  }, [isMaking, router]);

  async function make() {
    setAsked(true);
    try {
      await fetchJson("/api/v1/demo", { method: "POST" });
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
    setAsked(false);
  }

  if (isMaking) return <Making demo={demo} />;
  if (demo.state === "ready") return <Ready />;
  return (
    <section className="mt-6 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-dashed border-line-strong px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-sm font-medium text-ink">Look at a simulated project first</h2>
        <p className="text-sm text-muted text-pretty">
          {demo.problem ??
            "Fourteen weeks of a mail room in which a loss goes unnoticed at first. Made in the background, said to be simulated on every page, and taken away by a press."}
        </p>
      </div>
      <Button busy={asked} onClick={() => void make()}>
        {demo.state === "failed" ? "Try again" : "Make the simulated project"}
      </Button>
    </section>
  );
}

function Making({ demo }: { demo: DemoState }) {
  return (
    <section className="mt-6 rounded-lg border border-line bg-surface px-4 py-3">
      <h2 className="text-sm font-medium text-ink">The simulated project is being made</h2>
      <div className="mt-1">
        <Progress label="Simulated weeks" value={demo.weeks_done} max={demo.weeks_all}>
          {demo.weeks_all === 0
            ? "It begins in a moment."
            : demo.weeks_done < demo.weeks_all
              ? `Week ${demo.weeks_done} of ${demo.weeks_all} is sent and reviewed${demo.seconds_left ? `, about ${formatDuration(demo.seconds_left)} left` : ""}.`
              : "All weeks are there; the last numbers are being worked out."}{" "}
          You can leave this page.
        </Progress>
      </div>
    </section>
  );
}

function Ready() {
  return (
    <section className="mt-6 flex flex-wrap items-center justify-between gap-3 text-sm text-muted">
      <p>Done with the simulated project?</p>
      <RemoveDemo />
    </section>
  );
}
